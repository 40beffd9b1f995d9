"""Parts of the program by themselves: reading a list, decoding an answer."""

import re
from collections.abc import Callable
from pathlib import Path

from bench import PROGRAM, Bench
from measuring import Contender, Failed, Sample
from table import Goal, at_most


def read(bench: Bench, case: str) -> None:
    compare(bench, case, "read", bench.data("invites", bench.many), "csv.reader", "read_csv.py", at_most(0.5, 0.25))


def decode(bench: Bench, case: str) -> None:
    compare(bench, case, "decode", bench.data("users", bench.many), "orjson", "decode_orjson.py", at_most(1))


def compare(bench: Bench, case: str, part: str, file: Path, peer: str, script: str, goal: Goal) -> None:
    if not bench.parts.exists():
        bench.note(case, f"skipped, there is no {bench.parts}")
        return

    def running(command: list[str | Path]) -> Callable[[Path], Sample]:
        def run(folder: Path) -> Sample:
            sample = bench.runner.launch([*command, file], folder)
            # All of them say how much they read; the header of a CSV may count as a row.
            if not re.search(rf"\b({bench.many}|{bench.many + 1})\b", (folder / "stdout").read_text()):
                raise Failed("not everything was read")
            return sample

        return run

    contenders = [Contender(PROGRAM, running([bench.parts, part])), Contender(peer, running(bench.python(script)))]
    turns = bench.turns(case, contenders)
    measured = f"{bench.many:,} rows, " if part == "read" else f"{bench.many:,} users, "
    bench.compare(case, turns, measured + "CPU, s", lambda sample: sample.cpu, {peer: goal})
    bench.compare(case, turns, measured + "peak, MB", lambda sample: sample.peak)
