"""What it ran on, in one line."""

import os
import platform
import re
import subprocess
from datetime import datetime, timezone
from pathlib import Path


def machine(program: Path, sources: Path | None) -> str:
    """`sources` are named by their commit where the program was built from them."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    parts = [
        found(r"model name\s*: (.*)", "/proc/cpuinfo") or platform.machine(),
        f"{os.cpu_count()} cores",
        f"{memory:.0f} GB",
        f"Linux {platform.release()}",
        found(r'PRETTY_NAME="(.*)"', "/etc/os-release") or platform.platform(),
        datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        said([program, "--version"]).splitlines()[0] + (f" ({commit(sources)})" if sources else ""),
    ]
    return ", ".join(parts)


def found(pattern: str, path: str) -> str | None:
    try:
        match = re.search(pattern, Path(path).read_text())
    except OSError:
        return None
    return match and match[1]


def said(command: list[str | Path]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def commit(folder: Path) -> str:
    """The sources' commit, with a + where they have been changed."""
    described = subprocess.run(
        ["git", "-C", folder, "describe", "--always", "--exclude", "*", "--dirty=+"], capture_output=True, text=True
    )
    return described.stdout.strip() or "no commit"
