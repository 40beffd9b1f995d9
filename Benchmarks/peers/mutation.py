"""What the Python clients have in common: the request and the line of results."""

import json

HEADERS = {"Content-Type": "application/json", "X-API-KEY": "k", "X-API-SECRET": "s"}
RESULT_COLUMNS = ["row", "email", "status", "ok", "error"]


def body(row: dict[str, str]) -> dict[str, str]:
    email, account_type = json.dumps(row["email"]), row["accountType"]
    return {"query": f"mutation {{ inviteUser(email: {email}, accountType: {account_type}) {{ ok }} }}"}


def result(number: int, row: dict[str, str], status: int, answer: dict) -> list:
    data, errors = answer.get("data") or {}, answer.get("errors") or [{}]
    ok = bool(data.get("inviteUser", {}).get("ok"))
    return [number, row["email"], status, ok, errors[0].get("message", "")]
