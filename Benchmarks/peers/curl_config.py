"""Writes the configuration file for curl --parallel, one request a row: curl_config.py URL IN.csv OUT.cfg"""

import csv
import json
import sys

from mutation import HEADERS, body


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


url, source, target = sys.argv[1:]
with open(source, newline="", encoding="utf-8") as people, open(target, "w", encoding="utf-8") as out:
    for number, row in enumerate(csv.DictReader(people)):
        out.write("next\n" if number else "")
        out.write(f"url = {quoted(url)}\n")
        for name, value in HEADERS.items():
            out.write(f"header = {quoted(f'{name}: {value}')}\n")
        out.write(f"data = {quoted(json.dumps(body(row)))}\n")
        out.write('output = "/dev/null"\n')
        out.write(f'write-out = "{row["email"]},%{{http_code}},%{{size_download}}\\n"\n')
