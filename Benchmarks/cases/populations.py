"""Large user lists over two snapshots: in the ledger's blocks, and as a SQL row for each state."""

import re
from collections.abc import Callable
from pathlib import Path

from bench import PROGRAM, Bench
from measuring import Contender, Failed, Sample, Turns

# Of a column of `parts`.
WIDTH = 15
ROWS = "a SQL row for each state"
PHASES = {
    "first": "first snapshot",
    "second": "second snapshot, 1 % changed",
    "review": "review of the second snapshot",
}


def few(bench: Bench, case: str) -> None:
    compare(bench, case, 100_000)


def many(bench: Bench, case: str) -> None:
    if not bench.quick:
        compare(bench, case, bench.many)


def compare(bench: Bench, case: str, count: int) -> None:
    if not bench.parts.exists():
        bench.note(case, f"skipped, there is no {bench.parts}")
        return
    phases: dict[str, dict[str, list[Sample]]] = {phase: {PROGRAM: [], ROWS: []} for phase in PHASES}

    def running(name: str, form: str) -> Callable[[Path], Sample]:
        def run(folder: Path) -> Sample:
            whole = []
            for phase in PHASES:
                # A process for each, so that none has the memory of another; the database is what they have in common.
                command = [bench.parts, f"{phase}-{form}", "--rows", str(count), "--keep", folder / "database"]
                whole.append(bench.runner.launch(command, folder))
                phases[phase][name].append(told(phase, (folder / "stdout").read_text(), count))
            sums = [sum(getattr(sample, figure) for sample in whole) for figure in ("wall", "user", "system")]
            return Sample(*sums, max(sample.peak for sample in whole))

        return run

    contenders = [Contender(PROGRAM, running(PROGRAM, "blocks")), Contender(ROWS, running(ROWS, "rows"))]
    if bench.turns(case, contenders).failures:
        return
    for phase, words in PHASES.items():
        # The first turn is the one that does not count.
        turns = Turns({name: samples[1:] for name, samples in phases[phase].items()}, {})
        measured = f"{count:,} accounts, {words}: "
        bench.compare(case, turns, measured + "CPU, s", lambda sample: sample.cpu)
        bench.compare(case, turns, measured + "wall, s", lambda sample: sample.wall)
        bench.compare(case, turns, measured + "peak, MB", lambda sample: sample.peak)
        bench.compare(case, turns, measured + "file, MB", lambda sample: sample.work / 1e6)


def told(phase: str, output: str, count: int) -> Sample:
    """What the part measured of itself, without the making of the accounts; as `work`, the size of the file in bytes."""
    head, line = [re.findall(f".{{1,{WIDTH}}}", text) for text in output.splitlines()]
    figures = {name.strip(): figure.strip() for name, figure in zip(head, line)}
    if int(figures["rows"]) != count:
        raise Failed(f"{figures['rows']} of {count} accounts")
    if phase == "review" and int(figures["cells"]) != count // 100:
        raise Failed(f"{figures['cells']} changes")
    wall, user, system, peak, file = (float(figures[name]) for name in ("wall s", "user", "system", "peak MB", "file MB"))
    return Sample(wall, user, system, peak, work=round(file * 1e6))
