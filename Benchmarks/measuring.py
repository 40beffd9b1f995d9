"""Running commands and noting what they took."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

# A run that takes longer than this many seconds hangs.
LONGEST_RUN = 3600


class Failed(Exception):
    """A command did not do its work, so its figures mean nothing."""


@dataclass(frozen=True)
class Sample:
    """What one run took: seconds, and megabytes (of a million bytes) at the peak."""

    wall: float
    user: float
    system: float
    peak: float
    # How much was done in it: rows, users, cells.
    work: int = 1
    # Of the cells, those that are not empty; 0 where nobody counts them.
    filled: int = 0

    @property
    def cpu(self) -> float:
        return self.user + self.system

    @property
    def rate(self) -> float:
        return self.work / self.wall

    def having_done(self, work: int, filled: int = 0) -> "Sample":
        return replace(self, work=work, filled=filled)


@dataclass(frozen=True)
class Contender:
    """One of those who take turns. `run` gets a folder of its own that is deleted afterwards."""

    name: str
    run: Callable[[Path], Sample]


@dataclass(frozen=True)
class Turns:
    """The samples of each contender in the order of the runs, and why some have none."""

    samples: dict[str, list[Sample]]
    failures: dict[str, str]


class Runner:
    def __init__(self, launcher: Path, scratch: Path, runs: int):
        self.launcher = launcher
        self.scratch = scratch
        self.runs = runs

    def launch(self, command: list[str | Path], folder: Path, environment: dict[str, str] | None = None) -> Sample:
        """Runs a command in `folder`, with its output in the files stdout and stderr there."""
        usage = folder / "usage"
        with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as errors:
            # A session of its own, so that all of it can be ended.
            process = subprocess.Popen(
                [self.launcher, usage, *command],
                cwd=folder,
                env=clean_environment(folder) | (environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=errors,
                start_new_session=True,
            )
            try:
                process.wait(LONGEST_RUN)
            except BaseException as reason:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                if isinstance(reason, subprocess.TimeoutExpired):
                    raise Failed(f"not done after {LONGEST_RUN} seconds") from None
                raise
        said = (folder / "stderr").read_text(errors="replace").strip().splitlines()
        if process.returncode:
            raise Failed(said[-1] if said else f"the launcher ended with {process.returncode}")
        status, wall, user, system, peak = map(int, usage.read_text().split())
        if status:
            raise Failed(f"ended with {os.waitstatus_to_exitcode(status)}" + (f": {said[-1]}" if said else ""))
        return Sample(wall / 1e6, user / 1e6, system / 1e6, peak * 1024 / 1e6)

    def in_turns(self, case: str, contenders: list[Contender]) -> Turns:
        """Each contender once unmeasured, then A B A B …, so that what slows the machine down slows all of them."""
        turns = Turns({contender.name: [] for contender in contenders}, {})
        for turn in range(self.runs + 1):
            for contender in contenders:
                if contender.name in turns.failures:
                    continue
                sample = self.one(contender, turns.failures)
                which = f"run {turn} of {self.runs}" if turn else "warm-up"
                print(f"{case}, {which}: {contender.name}, {told(sample)}", file=sys.stderr, flush=True)
                if sample and turn:
                    turns.samples[contender.name].append(sample)
        return turns

    def one(self, contender: Contender, failures: dict[str, str]) -> Sample | None:
        folder = Path(tempfile.mkdtemp(dir=self.scratch))
        # What earlier runs left to be written is not for this one to wait for.
        os.sync()
        try:
            return contender.run(folder)
        except Failed as failure:
            failures[contender.name] = str(failure)
            return None
        finally:
            shutil.rmtree(folder)


def clean_environment(home: Path) -> dict[str, str]:
    """No proxy, no credentials, no ledger of whoever runs this."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TMPDIR": str(home)}


def told(sample: Sample | None) -> str:
    return f"{sample.wall:.2f} s, {sample.cpu:.2f} s CPU, {sample.peak:.0f} MB" if sample else "failed"
