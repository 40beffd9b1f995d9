"""How the program does with longer and longer lists: rows a second and memory, as a picture."""

from bench import HERE, PROGRAM, Bench
from cases.invites import USERS, rollcall, rows_a_second
from chart import Panel, draw
from measuring import Contender, Sample
from servers import stub

CONNECTIONS = 64


def run(bench: Bench, case: str) -> None:
    speed = Panel("Rows a second", [])
    memory = Panel("Peak memory, MB", [])
    with stub(bench.tool("gqlserver"), bench.data("users", USERS)) as url:
        for count in [1_000, 10_000, 100_000, 1_000_000]:
            if count > bench.many:
                break
            contender = Contender(PROGRAM, rollcall(bench, url, bench.data("invites", count), count, CONNECTIONS))
            turns = bench.turns(f"{case}-{count}", [contender])
            bench.alone(case, turns, f"{count:,} rows, rows/s", rows_a_second)
            bench.alone(case, turns, f"{count:,} rows, peak, MB", peak)
            samples = turns.samples[PROGRAM]
            speed.points.append((count, [rows_a_second(sample) for sample in samples]))
            memory.points.append((count, [peak(sample) for sample in samples]))
    if not all(values for _, values in speed.points):
        return
    # The picture in the repository is of whole runs only.
    path = bench.tools / "growth.svg" if bench.quick else HERE / "growth.svg"
    path.write_text(draw([speed, memory], f"rollcall invite, {CONNECTIONS} connections, by number of rows"))
    bench.note(case, f"drawn as {path}")


def peak(sample: Sample) -> float:
    return sample.peak
