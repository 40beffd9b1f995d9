"""Decodes the answer to listUsers with orjson and counts: decode_orjson.py FILE"""

import sys

import orjson

with open(sys.argv[1], "rb") as file:
    listing = orjson.loads(file.read())["data"]["listUsers"]
print(len(listing["activeUsers"]) + len(listing["invitedUsers"]), "users")
