#!/bin/sh
# The quarterly access review, for cron: see quarterly-review.cron.
#
#   quarterly-review.sh FOLDER [OPTIONS OF rollcall review …]
#
# Writes FOLDER/2026-Q4, checks it, and lists expired invitations in FOLDER/2026-Q4.expired.csv. You can run it as often
# as you like: it checks an existing review and never overwrites it. Two runs at the same time do no harm: rollcall creates
# the folder under a temporary name and renames it, and the second run finds that the name is taken.
#
# It prints something only if a review is new or something went wrong, so that cron sends no unnecessary mail. The full
# output is in FOLDER/quarterly-review.log. The exit status is that of rollcall.
#
# rollcall finds the credentials in the environment, or in ~/.paradime/credentials with mode 600.
set -eu
umask 077 # The list of who has access is confidential.

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

# Runs a command and logs its output; ends the script if the command fails.
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
    output_since "$before" >&2
    exit "$status"
}

output_since() {
    tail -n +$(($1 + 1)) "$log"
}

date -u '+--- %Y-%m-%dT%H:%M:%SZ' >>"$log"
if [ ! -d "$review" ]; then
    start=$(wc -l <"$log")
    step rollcall review --review-id "$id" --out "$review" "$@"
    # Prints the output, which has the hash for the ticket of the review.
    output_since "$start"
fi
step rollcall verify "$review"
if [ ! -f "$review.expired.csv" ]; then
    step rollcall expired --out "$review.expired.csv"
fi
