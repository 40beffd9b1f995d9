"""Access reviews of a large workspace."""

from pathlib import Path

import cells
from bench import PROGRAM, Bench
from measuring import Contender, Failed, Sample
from servers import credentials, stub
from table import Goal, at_most

AGAIN = "rollcall again"
WITHOUT = "review without a list"
VERIFY = "rollcall verify"
# Of the figures of one review in one format.
PEAK = Goal(400, 200)
A_THIRD = at_most(round(1 / 3, 3), 0.125)


def csv(bench: Bench, case: str) -> None:
    compare(bench, case, "csv", {"Python json+csv": A_THIRD}, again=True)


def json(bench: Bench, case: str) -> None:
    compare(bench, case, "json", {"Python json": A_THIRD})


def html(bench: Bench, case: str) -> None:
    compare(bench, case, "html", {"jinja2": A_THIRD})


def xlsx(bench: Bench, case: str) -> None:
    """Cell by cell, because the program's workbook has several times the peers' cells."""
    compare(bench, case, "xlsx", {"XlsxWriter": None}, in_c={"libxlsxwriter in C": at_most(1.25, 1)})


def compare(
    bench: Bench,
    case: str,
    form: str,
    by_python: dict[str, Goal | None],
    in_c: dict[str, Goal] | None = None,
    again: bool = False,
) -> None:
    users = bench.data("users", bench.many)
    # Each writes the same file in each run, so its cells are counted once.
    counted: dict[str, tuple[int, int]] = {}

    def having_written(name: str, sample: Sample, path: Path) -> Sample:
        if not path.exists():
            raise Failed(f"there is no {path.name}")
        if name not in counted:
            counted[name] = cells.count(path), cells.filled(path)
        return sample.having_done(*counted[name])

    def reviewed(folder: Path, url: str, number: int) -> Sample:
        out = folder / f"review-{number}"
        command = [bench.program, "review", "--format", form, "--quiet", "--review-id", f"R{number}"]
        command += ["--out", out, "--ledger", folder / "ledger.db", "--no-activity"]
        sample = bench.runner.launch(command, folder, credentials(url))
        return having_written(PROGRAM, sample, out / f"review.{form}")

    def reviewed_again(folder: Path, url: str) -> Sample:
        reviewed(folder, url, 1)
        return reviewed(folder, url, 2)

    def exported(name: str, command: list[str | Path]):
        def run(folder: Path) -> Sample:
            sample = bench.runner.launch([*command, users, f"out.{form}"], folder)
            return having_written(name, sample, folder / f"out.{form}")

        return run

    with stub(bench.tool("gqlserver"), users) as url:
        contenders = [Contender(PROGRAM, lambda folder: reviewed(folder, url, 1))]
        contenders += [Contender(name, exported(name, [*bench.python("export.py"), form])) for name in by_python]
        contenders += [Contender(name, exported(name, [bench.tool("export_xlsx")])) for name in in_c or {}]
        if again:
            contenders.append(Contender(AGAIN, lambda folder: reviewed_again(folder, url)))
        turns = bench.turns(case, contenders)

    python_goals = {name: goal for name, goal in by_python.items() if goal}
    for measured, figure, goals in [
        ("CPU, s", lambda sample: sample.cpu, python_goals),
        ("CPU, ns/cell", lambda sample: sample.cpu / sample.work * 1e9, in_c),
        ("cells, millions", lambda sample: sample.work / 1e6, None),
    ]:
        bench.compare(case, turns, measured, figure, goals, leave_out=AGAIN)
    if form == "xlsx":
        # Where a cell that is empty costs next to nothing, who writes many of them looks good above.
        bench.compare(case, turns, "CPU, ns/filled cell", lambda sample: sample.cpu / sample.filled * 1e9)
    bench.alone(case, turns, "wall, s", lambda sample: sample.wall)
    bench.alone(case, turns, "peak, MB", lambda sample: sample.peak, PEAK)
    if again:
        bench.alone(case, turns, "second review, nothing changed: CPU, s", lambda sample: sample.cpu, of=AGAIN)
        bench.alone(case, turns, "second review: peak, MB", lambda sample: sample.peak, PEAK, of=AGAIN)


def people(bench: Bench, case: str) -> None:
    """All formats, with the company's own list and without."""
    count = 100_000
    users, listed = bench.data("users", count), bench.data("people", count)

    def run(folder: Path, url: str, *arguments: str | Path) -> Sample:
        return bench.runner.launch([bench.program, *arguments, "--quiet"], folder, credentials(url))

    def reviewed(folder: Path, url: str, *options: str | Path) -> Sample:
        return run(folder, url, "review", "--out", folder / "review", "--no-activity", *options)

    def verified(folder: Path, url: str) -> Sample:
        reviewed(folder, url, "--people", listed)
        return run(folder, url, "verify", folder / "review")

    with stub(bench.tool("gqlserver"), users) as url:
        turns = bench.turns(
            case,
            [
                Contender(PROGRAM, lambda folder: reviewed(folder, url, "--people", listed)),
                Contender(WITHOUT, lambda folder: reviewed(folder, url)),
                Contender(VERIFY, lambda folder: verified(folder, url)),
            ],
        )
    cpu, wall = lambda sample: sample.cpu, lambda sample: sample.wall
    bench.compare(case, turns, "CPU, s", cpu, {WITHOUT: at_most(1.1)}, leave_out=VERIFY)
    bench.alone(case, turns, "wall, s", wall)
    bench.alone(case, turns, "peak, MB", lambda sample: sample.peak, PEAK)
    bench.alone(case, turns, "verify: wall, s", wall, Goal(60), of=VERIFY)
    bench.alone(case, turns, "verify: peak, MB", lambda sample: sample.peak, Goal(300), of=VERIFY)
