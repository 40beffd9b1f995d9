"""What is linked into the program: which object files, and which package and source files each comes from.

The build folder knows it, so nothing here lists packages by hand: a dependency that only the tests use is not linked.
"""

import functools
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build"
RELEASE = (BUILD / "release").resolve()
OWN = "rollcall"
RUNTIME = "Swift runtime"


def toolchain():
    """The folder `usr` of the Swift toolchain, which `swiftc` in PATH may only lead to."""
    answer = subprocess.run(["swiftc", "-print-target-info"], check=True, stdout=subprocess.PIPE).stdout
    return pathlib.Path(json.loads(answer)["paths"]["runtimeResourcePath"]).parents[1]


def objects():
    """The object files of the last `make release`; without those of the Swift toolchain."""
    listing = RELEASE / "rollcall.product/Objects.LinkFileList"
    if not listing.exists():
        sys.exit(f"There is no {listing.relative_to(ROOT)} yet: run 'make release' first.")
    return [pathlib.Path(line) for line in listing.read_text().splitlines() if line]


def module(path):
    """`NIOCore` for `.build/…/release/NIOCore.build/Channel.swift.o`."""
    return next((part.removesuffix(".build") for part in path.parts if part.endswith(".build") and part != ".build"), None)


@functools.cache
def sources(name):
    """The source files and the headers that a module was compiled from, without those of other modules and of the system."""
    folder = RELEASE / f"{name}.build"
    if (folder / "sources").exists():
        return [pathlib.Path(line.strip("'")) for line in (folder / "sources").read_text().splitlines() if line]
    found = set()
    for rule in folder.rglob("*.d"):
        words = rule.read_text().replace("\\\n", " ").split()[1:]
        found |= {pathlib.Path(word) for word in words if word.startswith(str(ROOT))}
    return sorted(found)


@functools.cache
def package(name):
    """The folder in `.build/checkouts` of the package that a module belongs to; `rollcall` for our own."""
    for source in sources(name):
        if source.is_relative_to(BUILD / "checkouts"):
            return source.relative_to(BUILD / "checkouts").parts[0]
    return OWN


def versions():
    """Address and version of each package, by the name of its folder in `.build/checkouts`, from Package.resolved."""
    pins = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    return {
        pin["location"].rstrip("/").removesuffix(".git").rpartition("/")[2]: (pin["location"], pin["state"]["version"])
        for pin in pins
    }
