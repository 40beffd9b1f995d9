"""How long it takes until the program does anything."""

from collections.abc import Callable
from pathlib import Path

from bench import PROGRAM, Bench
from measuring import Contender, Sample
from table import Goal

# Of something this short each run is worth little, so one turn is the mean of many.
STARTS = 20


def run(bench: Bench, case: str) -> None:
    many = f'for i in $(seq {STARTS}); do "$0" --version; done'

    def started(program: str | Path) -> Callable[[Path], Sample]:
        return lambda folder: bench.runner.launch(["bash", "-c", many, program], folder).having_done(STARTS)

    turns = bench.turns(case, [Contender(PROGRAM, started(bench.program)), Contender("curl", started("curl"))])
    bench.compare(
        case, turns, "--version, wall, ms", lambda sample: sample.wall / sample.work * 1000, {"curl": Goal(30, 10)}
    )
    bench.compare(case, turns, "--version, CPU, ms", lambda sample: sample.cpu / sample.work * 1000)
