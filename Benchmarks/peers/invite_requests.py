"""requests.post in a loop, as the API's documentation shows it: invite_requests.py URL IN.csv OUT.csv"""

import csv
import sys

import requests
from mutation import HEADERS, RESULT_COLUMNS, body, result

url, source, target = sys.argv[1:]
with open(source, newline="", encoding="utf-8") as people, open(target, "w", newline="", encoding="utf-8") as out:
    writer = csv.writer(out)
    writer.writerow(RESULT_COLUMNS)
    for number, row in enumerate(csv.DictReader(people), 2):
        answer = requests.post(url, json=body(row), headers=HEADERS, timeout=30)
        writer.writerow(result(number, row, answer.status_code, answer.json()))
