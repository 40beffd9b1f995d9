"""Reads a CSV with csv.reader and counts: read_csv.py FILE"""

import csv
import sys

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = fields = 0
    for row in csv.reader(file):
        rows += 1
        fields += len(row)
print(rows, "rows,", fields, "fields")
