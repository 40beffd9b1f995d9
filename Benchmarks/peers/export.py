"""The answer to listUsers as a table, the way a script would do it: export.py csv|json|html|xlsx IN.json OUT"""

import csv
import json
import sys
from collections.abc import Iterator

COLUMNS = ["status", "email", "name", "accountType", "inviteStatus", "uid"]

PAGE = """<!doctype html><meta charset=utf-8><title>Access review</title>
<table><tr>{% for column in columns %}<th>{{ column }}</th>{% endfor %}</tr>
{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>
{% endfor %}</table>
"""

Rows = Iterator[tuple[str, ...]]


def read(path: str) -> Rows:
    with open(path, encoding="utf-8") as file:
        listing = json.load(file)["data"]["listUsers"]
    for user in listing["activeUsers"]:
        yield "ACTIVE", user["email"], user["name"], user["accountType"], "", user["uid"]
    for user in listing["invitedUsers"]:
        yield "INVITED", user["email"], "", user["accountType"], user["inviteStatus"], ""


def write_csv(rows: Rows, path: str) -> None:
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def write_json(rows: Rows, path: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        json.dump([dict(zip(COLUMNS, row)) for row in rows], file)


def write_html(rows: Rows, path: str) -> None:
    import jinja2

    template = jinja2.Environment(autoescape=True).from_string(PAGE)
    stream = template.stream(columns=COLUMNS, rows=rows)
    stream.enable_buffering(100)
    stream.dump(path, encoding="utf-8")


def write_xlsx(rows: Rows, path: str) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False})
    sheet = book.add_worksheet("Users")
    bold = book.add_format({"bold": True})
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if value:
                sheet.write_string(number, column, value)
    book.close()


if __name__ == "__main__":
    form, source, target = sys.argv[1:]
    {"csv": write_csv, "json": write_json, "html": write_html, "xlsx": write_xlsx}[form](read(source), target)
