"""How many cells a report has, so that a wide one can be compared with a narrow one."""

import csv
import zipfile
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 20


def count(path: Path) -> int:
    return {".csv": in_csv, ".json": in_json, ".html": in_html, ".xlsx": in_workbook}[path.suffix](path)


def in_csv(path: Path) -> int:
    with open(path, newline="", encoding="utf-8") as file:
        return sum(map(len, csv.reader(file)))


def in_json(path: Path) -> int:
    """Members of objects."""
    with open(path, "rb") as file:
        return occurrences(file, b'":')


def in_html(path: Path) -> int:
    total = 0
    for tag in (b"<td", b"<th"):
        with open(path, "rb") as file:
            total += occurrences(file, tag)
    return total


def filled(path: Path) -> int:
    """The cells of a workbook with something in them; of other files it is not asked."""
    return in_workbook(path, b"</c>") if path.suffix == ".xlsx" else 0


def in_workbook(path: Path, mark: bytes = b"<c ") -> int:
    """Cells of all sheets, empty ones that only have a format included: they are written, too."""
    with zipfile.ZipFile(path) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        total = 0
        for name in sheets:
            with book.open(name) as sheet:
                total += occurrences(sheet, mark)
        return total


def occurrences(file: BinaryIO, text: bytes) -> int:
    total, rest = 0, b""
    while chunk := file.read(CHUNK):
        chunk = rest + chunk
        total += chunk.count(text)
        rest = chunk[len(chunk) - len(text) + 1 :]
    return total
