#!/usr/bin/env python3
"""Measures rollcall and what people use instead, in turns, and prints a table. `make bench` prepares and calls it."""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from bench import HERE, Bench
from cases import BY_NAME_ONLY, CASES, Case
from machine import machine
from measuring import Failed, Runner
from table import table

ROOT = HERE.parent
PROGRAM = ROOT / ".build/release/rollcall"
# What the largest case has on disk at once, and some more: bytes.
ROOM, ROOM_FOR_QUICK = 8e9, 2e9


def main() -> int:
    options = arguments()
    cases = chosen(options.only)
    tools = options.tools.resolve()
    free = shutil.disk_usage(tools).free
    if free < (ROOM_FOR_QUICK if options.quick else ROOM):
        sys.exit(f"Only {free / 1e9:.1f} GB are free in {tools}; {ROOM / 1e9:.0f} GB are needed, with --quick 2 GB.")

    with tempfile.TemporaryDirectory(dir=tools, prefix="run-") as scratch:
        runner = Runner(tools / "launch", Path(scratch), options.runs or (3 if options.quick else 5))
        bench = Bench(options.program.resolve(), options.parts.resolve(), tools, runner, options.quick)
        heading = [machine(bench.program, ROOT if options.program == PROGRAM else None), told(runner, options.quick)]
        for name, case in cases.items():
            try:
                case(bench, name)
            except Failed as failure:
                bench.report.failed = True
                bench.note(name, f"failed: {failure}")
            write(bench, heading)
    print((tools / "results.md").read_text(), end="")
    return 1 if bench.report.failed else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, epilog="Cases: " + ", ".join([*CASES, *BY_NAME_ONLY]))
    parser.add_argument("--only", metavar="NAME,…", help="these cases; invites means all that begin with invites-")
    parser.add_argument("--quick", action="store_true", help="100,000 instead of 1,000,000, and 3 runs")
    parser.add_argument("--runs", type=int, metavar="N", help="how often each takes its turn (5)")
    parser.add_argument("--program", type=Path, default=PROGRAM, help="the program (.build/release/rollcall)")
    parser.add_argument("--parts", type=Path, default=ROOT / ".build-bench/release/parts", help=argparse.SUPPRESS)
    parser.add_argument("--tools", type=Path, default=ROOT / ".bench", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.runs is not None and options.runs < 1:
        parser.error("--runs is at least 1")
    if not options.program.exists():
        parser.error(f"there is no {options.program}; make release builds it")
    return options


def chosen(only: str | None) -> dict[str, Case]:
    if only is None:
        return CASES
    found = {}
    for name in only.split(","):
        matching = {n: case for n, case in (CASES | BY_NAME_ONLY).items() if n == name or n.startswith(name + "-")}
        if not matching:
            sys.exit(f"There is no case {name}; there are {', '.join([*CASES, *BY_NAME_ONLY])}.")
        found |= matching
    return found


def told(runner: Runner, quick: bool) -> str:
    """How to read the table, and the least memory that could be seen in it."""
    nothing = runner.launch(["true"], runner.scratch).peak
    return (
        f"Medians of {runner.runs} run{'s' * (runner.runs > 1)}, in turns; in brackets the least and the most of them. "
        f"A process that does nothing has a peak of {nothing:.1f} MB."
        + (" A quick run: large is 100,000." if quick else "")
    )


def write(bench: Bench, heading: list[str]) -> None:
    """After each case, so that what was measured is there even if the next one is interrupted."""
    report = bench.report
    notes = "".join(f"- {note}\n" for note in report.notes)
    text = "\n\n".join([*heading, table(report.lines)]) + "\n" + (f"\n{notes}" if notes else "")
    (bench.tools / "results.md").write_text(text)
    samples = {
        case: {name: [vars(sample) for sample in taken] for name, taken in contenders.items()}
        for case, contenders in report.raw.items()
    }
    raw = {"heading": heading, "lines": [line.plain() for line in report.lines], "notes": report.notes}
    (bench.tools / "results.json").write_text(json.dumps(raw | {"samples": samples}, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
