"""What a case has at hand: the programs, the data, the turns."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from measuring import Contender, Failed, Runner, Sample, Turns
from table import Goal, Line

HERE = Path(__file__).resolve().parent
PROGRAM = "rollcall"


@dataclass
class Report:
    """What all cases found."""

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    raw: dict[str, dict[str, list[Sample]]] = field(default_factory=dict)
    failed: bool = False


@dataclass
class Bench:
    program: Path
    parts: Path
    tools: Path
    runner: Runner
    quick: bool
    report: Report = field(default_factory=Report)

    @property
    def many(self) -> int:
        """What stands for a large workspace."""
        return 100_000 if self.quick else 1_000_000

    def tool(self, name: str) -> Path:
        """A C program of this folder, compiled."""
        return self.tools / name

    def python(self, script: str) -> list[str | Path]:
        return [self.tools / "venv" / "bin" / "python", HERE / "peers" / script]

    def data(self, kind: str, count: int) -> Path:
        """The file of made-up invites, users or people; written once, and again when the generator has changed."""
        path = self.tools / "data" / f"{kind}-{count}.{'json' if kind == 'users' else 'csv'}"
        generator = HERE / "generate.py"
        if not path.exists() or path.stat().st_mtime < generator.stat().st_mtime:
            path.parent.mkdir(exist_ok=True)
            part = path.with_suffix(".part")
            subprocess.run([sys.executable, generator, kind, str(count), part], check=True)
            part.rename(path)
        return path

    def offers(self, command: str, option: str) -> bool:
        """Whether this build of the program has an option yet."""
        return option in subprocess.run([self.program, command, "--help"], capture_output=True, text=True).stdout

    def turns(self, case: str, contenders: list[Contender]) -> Turns:
        turns = self.runner.in_turns(case, contenders)
        self.report.raw[case] = turns.samples
        for name, reason in turns.failures.items():
            self.report.failed = True
            self.note(case, f"{name} failed: {reason}")
        return turns

    def compare(
        self,
        case: str,
        turns: Turns,
        measured: str,
        figure: Callable[[Sample], float],
        goals: dict[str, Goal] | None = None,
        leave_out: str | None = None,
    ) -> None:
        """A line for each peer, with the goal of that peer."""
        ours = [figure(sample) for sample in turns.samples[PROGRAM]]
        for name, samples in turns.samples.items():
            if name not in (PROGRAM, leave_out):
                theirs = [figure(sample) for sample in samples]
                self.add(Line(case, measured, ours, name, theirs, (goals or {}).get(name)))

    def alone(
        self,
        case: str,
        turns: Turns,
        measured: str,
        figure: Callable[[Sample], float],
        goal: Goal | None = None,
        of: str = PROGRAM,
    ) -> None:
        """A line without a peer."""
        ours = [figure(sample) for sample in turns.samples[of]]
        self.add(Line(case, measured, ours, goal=goal))

    def add(self, line: Line) -> None:
        """Where somebody failed there is a note, and no line."""
        if line.ours and (line.theirs or not line.peer):
            self.report.lines.append(line)

    def note(self, case: str, text: str) -> None:
        self.report.notes.append(f"{case}: {text}")


def expect(path: Path, text: bytes, count: int) -> None:
    """A client is as good as its results: each row has to have succeeded."""
    found = path.read_bytes().count(text)
    if found != count:
        raise Failed(f"{found} of {count} rows succeeded")
