#!/bin/sh
# The quarterly access review, for cron: see quarterly-review.cron.
#
#   quarterly-review.sh FOLDER [OPTIONS OF rollcall review …]
#
# Writes FOLDER/2026-Q4, checks it, and lists the invites that ran out in FOLDER/2026-Q4.expired.csv. It can be run as
# often as you like: what is there is checked, and never written again. Two that run at once do no harm, either:
# rollcall makes the folder aside and renames it, and one of them finds the name taken.
#
# It says something when a review is new and when something went wrong, and nothing otherwise, so that cron's mail is
# worth reading. All of it is in FOLDER/quarterly-review.log. The exit status is that of rollcall.
#
# The credentials are where rollcall looks for them: in the environment, or in ~/.paradime/credentials with mode 600.
set -eu
umask 077 # Who has access is nobody else's business.

folder=${1:?"usage: quarterly-review.sh FOLDER [options of rollcall review]"}
shift
mkdir -p "$folder"
cd "$folder"

# The quarter as rollcall names it: in UTC.
month=$(date -u +%m)
id="$(date -u +%Y)-Q$(((${month#0} + 2) / 3))"
review="$PWD/$id"
log=quarterly-review.log
touch "$log"

# Runs a command, with its words in the log; ends the script if it does not end well.
step() {
    before=$(wc -l <"$log")
    status=0
    "$@" >>"$log" 2>&1 || status=$?
    case $status in
        0) return ;;
        1) advice="it finished, and something needs attention" ;;
        2) advice="nothing was written" ;;
        64) advice="wrong usage; look at the options in the crontab" ;;
        69) advice="the API could not be reached; the next run tries again" ;;
        77) advice="the credentials were refused; look at the API key" ;;
        130) advice="it was interrupted" ;;
        *) advice="look at the log" ;;
    esac
    echo "$(basename "$0"): $advice (status $status): $*" >&2
    words_since "$before" >&2
    exit "$status"
}

words_since() {
    tail -n +$(($1 + 1)) "$log"
}

date -u '+--- %Y-%m-%dT%H:%M:%SZ' >>"$log"
if [ ! -d "$review" ]; then
    start=$(wc -l <"$log")
    step rollcall review --review-id "$id" --out "$review" "$@"
    # With the hash that belongs in the review's ticket.
    words_since "$start"
fi
step rollcall verify "$review"
if [ ! -f "$review.expired.csv" ]; then
    step rollcall expired --out "$review.expired.csv"
fi
