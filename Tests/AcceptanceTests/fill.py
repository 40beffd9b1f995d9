"""Fills a review in as a reviewer would, with another program than the one that wrote it.

fill.py IN.xlsx OUT.xlsx [EMAIL=DECISION[:NEW TYPE[:JUSTIFICATION]]] ... [default=DECISION] [SCRIPT]

An argument that begins with ! is Python that sees `book`, `sheet(name)` and `column(name, title)`.
"""

import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
wishes = dict(argument.split("=", 1) for argument in sys.argv[3:] if not argument.startswith("!"))


def sheet(name):
    return book[name]


def column(name, title):
    return next(cell.column for cell in book[name][1] if cell.value == title)


for name in ("Active users", "Invites"):
    for row in range(2, book[name].max_row + 1):
        email = book[name].cell(row, column(name, "Email")).value
        decision, *more = wishes.get(email, wishes.get("default", "")).split(":")
        book[name].cell(row, column(name, "Decision")).value = decision or None
        for title, text in zip(("New account type", "Justification"), more):
            if text:
                book[name].cell(row, column(name, title)).value = text
for argument in sys.argv[3:]:
    if argument.startswith("!"):
        exec(argument[1:])
book.save(sys.argv[2])
