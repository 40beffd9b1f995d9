"""Several invites in one request, to a server that takes its time and understands what it is asked."""

from pathlib import Path

from bench import PROGRAM, Bench
from cases.invites import cpu_a_row, rollcall, rows_a_second
from measuring import Contender, Sample
from servers import sandbox
from table import at_least

COUNT, CONNECTIONS = 10_000, 16
ONE_BY_ONE = "rollcall without --batch"


def run(bench: Bench, case: str) -> None:
    if not bench.offers("invite", "--batch"):
        bench.note(case, "skipped, this build has no --batch")
        return
    people = bench.data("invites", COUNT)

    def sending(*options: str):
        def run(folder: Path) -> Sample:
            # The sandbox remembers whom it has invited, so each run gets one of its own.
            with sandbox(bench.program, folder, "50ms") as url:
                keys = {"key": "sandbox-key", "secret": "sandbox-secret"}
                return rollcall(bench, url, people, COUNT, CONNECTIONS, *options, **keys)(folder)

        return run

    contenders = [Contender(PROGRAM, sending("--batch", "20")), Contender(ONE_BY_ONE, sending())]
    turns = bench.turns(case, contenders)
    bench.compare(case, turns, "--batch 20, rows/s", rows_a_second, {ONE_BY_ONE: at_least(10, 18)})
    bench.compare(case, turns, "--batch 20, CPU, ms/row", cpu_a_row)
