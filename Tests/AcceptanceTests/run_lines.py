"""Prints the commands of a GitHub workflow's steps that run rollcall, as its runner would run them."""

import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    workflow = yaml.safe_load(file)
for job in workflow["jobs"].values():
    for step in job["steps"]:
        lines = step.get("run", "")
        if any(line.startswith("rollcall ") for line in lines.splitlines()):
            print(lines)
