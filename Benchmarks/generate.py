#!/usr/bin/env python3
"""Writes made-up people, the same ones each time: generate.py invites|users|people COUNT FILE"""

import csv
import hashlib
import sys
import unicodedata

FIRST = (
    "Ada Alan Barbara Edsger Grace Hedy Ken Linus Margaret Niklaus "
    "Radia Tim Yukihiro Zoë José Søren Łukasz Anaïs Chloé Jürgen"
).split()
LAST = (
    "Lovelace Turing Liskov Dijkstra Hopper Lamarr Thompson Torvalds Hamilton Wirth "
    "Perlman Berners-Lee Matsumoto Núñez Müller O'Brien Østergård Nowak Çelik Dvořák"
).split()
DOMAINS = ["example.com", "example.org", "corp.example.net", "eu.example.com"]
ACCOUNT_TYPES = ["DEVELOPER"] * 6 + ["ANALYST"] * 3 + ["BUSINESS"]

# Nobody who is invited is in the workspace already: the users' numbers begin where no invite's get to.
FIRST_USER = 100_000_000


def plain(name: str) -> str:
    """The name as it stands in an address: ASCII, lower case."""
    name = unicodedata.normalize("NFKD", name.translate(str.maketrans("ØøŁł", "OoLl")))
    return "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-")).lower()


PLAIN_FIRST = [plain(name) for name in FIRST]
PLAIN_LAST = [plain(name) for name in LAST]


def person(number: int) -> tuple[str, str, str, str]:
    """First name, last name, address and account type; one in fifty is an administrator."""
    mixed = number * 2654435761 & 0xFFFFFFFF
    first, last = mixed % len(FIRST), (mixed >> 8) % len(LAST)
    address = f"{PLAIN_FIRST[first]}.{PLAIN_LAST[last]}.{number}@{DOMAINS[(mixed >> 16) % 4]}"
    account_type = "ADMIN" if number % 50 == 0 else ACCOUNT_TYPES[(mixed >> 18) % 10]
    return FIRST[first], LAST[last], address, account_type


def note(number: int) -> str:
    """Four in a hundred have quotes in them, one has two lines."""
    if number % 25 == 0:
        return 'said "yes", ok'
    return "line one\nline two" if number % 100 == 7 else ""


def write_invites(count: int, path: str) -> None:
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["email", "accountType", "name", "team", "note"])
        for number in range(count):
            first, last, address, account_type = person(number)
            name = f"{last}, {first}" if number % 10 == 0 else f"{first} {last}"
            writer.writerow([address, account_type, name, f"Team {number % 37}", note(number)])


def write_users(count: int, path: str) -> None:
    """The API's answer to listUsers: four in five are active, of the others a third has let the invite expire."""
    active = count - count // 5
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"data":{"listUsers":{"ok":true,"activeUsers":[')
        for index in range(active):
            first, last, address, account_type = person(FIRST_USER + index)
            uid = hashlib.sha256(b"uid%d" % index).hexdigest()
            file.write("," if index else "")
            file.write(f'{{"uid":"{uid}","email":"{address}","name":"{first} {last}","accountType":"{account_type}"}}')
        file.write('],"invitedUsers":[')
        for index in range(count - active):
            _, _, address, account_type = person(FIRST_USER + active + index)
            status = "EXPIRED" if index % 3 == 2 else "PENDING"
            file.write("," if index else "")
            file.write(f'{{"email":"{address}","accountType":"{account_type}","inviteStatus":"{status}"}}')
        file.write("]}}}\n")


def write_people(count: int, path: str) -> None:
    """The company's own list: nearly everybody of the workspace. Two in a thousand have left, ten have one manager."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["Name", "Email", "Manager email", "Department", "Status", "Start date", "End date"])
        for index in range(count):
            first, last, address, _ = person(FIRST_USER + index)
            manager = person(FIRST_USER + index // 10)[2]
            state = ["Terminated", "2020-01-15", "2026-01-31"] if index % 500 == 499 else ["Active", "2020-01-15", ""]
            # One account in a hundred belongs to nobody.
            if index % 100 != 50:
                writer.writerow([f"{first} {last}", address, manager, f"Team {index % 37}", *state])


if __name__ == "__main__":
    kind, count, path = sys.argv[1:]
    {"invites": write_invites, "users": write_users, "people": write_people}[kind](int(count), path)
