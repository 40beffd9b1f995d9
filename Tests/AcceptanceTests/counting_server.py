"""An API that counts how often each address was mailed, and fails as it is told.

The argument is JSON: how a second invite of an address is answered (`second`), after how many seconds a listing shows
an invite (`lag`), how long a mutation takes (`latency`), and what goes wrong (`fault`): its form, for which numbers of
addresses (`rows`: every so manieth; `from`: all from there on; `only`: one of them), how often for each (`times`), and
whether it takes effect all the same (`effect`: none, before, or seconds afterwards). GET /counts, GET /requests and
POST /invite (a colleague who invites by hand) and POST /config (from now on) are for the tests.
"""

import http.server
import json
import re
import struct
import socket
import sys
import threading
import time

config = json.loads(sys.argv[1])
fault = config.setdefault("fault", {})
lock = threading.Lock()
mails, invited, tries, requests = {}, {}, {}, {"list": 0, "mutations": 0}
order = []


def deliver(email):
    """What happens when the server carries an invite out: nothing may be lost, and every email counts."""
    with lock:
        if email in invited:
            if config["second"] == "refuses":
                return {"message": "User has already been invited"}
            if config["second"] == "ok":
                return None
        invited.setdefault(email, time.monotonic())
        mails[email] = mails.get(email, 0) + 1
    return None


def is_faulty(email):
    number = int(re.search(r"\d+", email).group())
    with lock:
        if email not in order:
            order.append(email)
        place = order.index(email) + 1
        if "from" in fault and place < fault["from"]:
            return False
        if "rows" in fault and number % fault["rows"]:
            return False
        if "only" in fault and number != fault["only"]:
            return False
        tries[email] = tries.get(email, 0) + 1
        return tries[email] <= fault.get("times", 1)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, headers={}):
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        with lock:
            self.answer(200, mails if self.path == "/counts" else requests)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        try:
            if self.path == "/invite":
                with lock:
                    invited.setdefault(body["email"], time.monotonic() - config.get("lag", 0))
                self.answer(200, "")
            elif self.path == "/config":
                fault.clear()
                fault.update(body.pop("fault", {}))
                config.update(body)
                self.answer(200, "")
            elif "listUsers" in body["query"]:
                self.list()
            else:
                self.mutate(body["variables"])
        except (BrokenPipeError, ConnectionResetError):
            pass

    def list(self):
        shown_until = time.monotonic() - config.get("lag", 0)
        with lock:
            requests["list"] += 1
            shown = [email for email, at in invited.items() if at <= shown_until]
        status = [{"email": e, "accountType": "developer", "inviteStatus": "SENT"} for e in shown]
        self.answer(200, {"data": {"listUsers": {"ok": True, "activeUsers": config.get("users", []), "invitedUsers": status}}})

    def mutate(self, variables):
        with lock:
            requests["mutations"] += 1
        if "uid" in variables:
            wishes = [("disableUser", variables["uid"])]
        elif "email" in variables:
            wishes = [("inviteUser", variables["email"])]
        else:
            count = sum(name.startswith("email") for name in variables)
            wishes = [("o%d" % i, variables["email%d" % i]) for i in range(count)]
        faulty = fault and any([is_faulty(email) for _, email in wishes])
        if faulty:
            self.let_down(wishes)
            return
        time.sleep(config.get("latency", 0))
        data, errors = {}, []
        for field, email in wishes:
            error = deliver(email)
            data[field] = None if error else {"ok": True}
            if error:
                errors.append(dict(error, path=[field]))
        self.answer(200, {"data": data, **({"errors": errors} if errors else {})})

    def let_down(self, wishes):
        effect, form, first = fault.get("effect", "before"), fault["form"], wishes[0][0]
        if effect == "before":
            for _, email in wishes:
                deliver(email)
        elif effect == "half":
            deliver(wishes[0][1])
        elif effect != "none":
            for _, email in wishes:
                threading.Timer(effect, deliver, [email]).start()
        if form.isdigit():
            headers = {"Location": "https://elsewhere.example.com/"} if form == "302" else {}
            self.answer(int(form), "<html><title>No</title></html>", headers)
        elif form == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif form == "dataNull":
            self.answer(200, {"data": None, "errors": [{"message": "boom"}]})
        elif form == "noCode":
            self.answer(200, {"errors": [{"message": "boom", "path": [first]}], "data": None})
        elif form == "noData":
            self.answer(200, {"errors": [{"message": "boom"}]})
        elif form.startswith("partial"):
            data = {field: {"ok": True} if place == 0 else None for place, (field, _) in enumerate(wishes)}
            self.answer(int(form[7:]), {"data": data, "errors": [{"message": "boom"}]})
        elif form == "signIn":
            self.answer(200, "<html><title>Sign in</title></html>")
        elif form == "keyExpired":
            self.answer(200, {"errors": [{"message": "API key expired"}]})
        elif form == "forbidden":
            self.answer(200, {"data": None, "errors": [
                {"message": "Permission denied", "path": [first], "extensions": {"code": "FORBIDDEN"}}]})
        elif form == "code429":
            self.answer(200, {"errors": [{"message": "x", "extensions": {"code": 429, "retryAfter": 0.2}}]})
        else:
            self.answer(200, {"data": None, "errors": [{"message": form, "extensions": {"code": form}}]})


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    # Python's own five make connections wait in the kernel, which hands requests over half a minute after their time.
    request_queue_size = 1024


server = Server(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
