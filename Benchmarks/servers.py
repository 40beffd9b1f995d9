"""The servers that the clients talk to, each for as long as its `with` block lasts.

They are in sessions of their own: Ctrl-C is for the driver, which then ends them.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measuring import Failed, clean_environment


@contextmanager
def stub(server: Path, users: Path, delay: int = 0) -> Iterator[str]:
    """The server that answers without looking, `delay` milliseconds later. Gives its address."""
    command = [server, "-d", str(delay), "-u", users]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        try:
            yield f"http://127.0.0.1:{first_line(process)}/"
        finally:
            end(process)


@contextmanager
def sandbox(program: Path, folder: Path, latency: str) -> Iterator[str]:
    """The program's own sandbox, which understands what it is asked and forgets it afterwards. Gives its address."""
    command = [program, "sandbox", "--port", "0", "--latency", latency, "--ledger", folder / "sandbox.db"]
    with (
        open(folder / "sandbox.stderr", "wb") as errors,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=clean_environment(folder),
            text=True,
            start_new_session=True,
        ) as process,
    ):
        try:
            yield first_line(process)
        finally:
            end(process)


def end(process: subprocess.Popen) -> None:
    """Figures against a server that was not there all the time are none."""
    if process.poll() is not None:
        raise Failed(f"the server ended in between, with {process.returncode}")
    process.terminate()


def first_line(process: subprocess.Popen) -> str:
    line = process.stdout.readline().strip() if process.stdout else ""
    if not line:
        process.wait()
        raise Failed("the server did not start")
    return line


def credentials(address: str, key: str = "k", secret: str = "s") -> dict[str, str]:
    return {"PARADIME_API_ENDPOINT": address, "PARADIME_API_KEY": key, "PARADIME_API_SECRET": secret}
