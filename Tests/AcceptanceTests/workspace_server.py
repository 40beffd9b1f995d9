"""An API whose workspace is a file that tests can edit at any time: workspace_server.py WORKSPACE.json

The file has `activeUsers` and `invitedUsers` as listUsers returns them, `refuse`: uids and addresses whose changes the
API declines, `clockAhead`: by how many seconds its clock is wrong, and `auditLog`: the response of getAuditLogs, with its
status and the length that its header states.
"""
import http.server, json, os, sys, threading, time

path = sys.argv[1]
# One change at a time, from reading the file to replacing it: a run sends several requests at once, and the later of two
# would undo the earlier.
changing = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        with open(path) as file:
            ahead = json.load(file).get("clockAhead", 0)
        return super().date_time_string((timestamp or time.time()) + ahead)

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if "getAuditLogs" in body["query"]:
            return self.answer_with_log()
        with changing:
            status, answer = self.carry_out(body["query"], body.get("variables") or {})
        self.answer(answer, status)

    def answer_with_log(self):
        with open(path) as file:
            space = json.load(file)
        log = space.get("auditLog") or json.dumps(
            {"errors": [{"message": "Cannot query field 'getAuditLogs' on type 'Query'."}]})
        self.send(log.encode(), space.get("auditLogStatus", 200), space.get("auditLogStatedLength", 0))

    def carry_out(self, query, variables):
        with open(path) as file:
            space = json.load(file)
        subject = variables.get("uid") or variables.get("email")
        users, invites = space["activeUsers"], space["invitedUsers"]
        if "listUsers" in query:
            data = {"listUsers": {"ok": True, "activeUsers": users, "invitedUsers": invites}}
        elif subject in space.get("refuse", []):
            return 400, {"errors": [{"message": "not possible today"}]}
        elif "disableUser" in query:
            space["activeUsers"] = [user for user in users if user["uid"] != subject]
            data = {"disableUser": {"ok": True}}
        elif "updateUserAccountType" in query:
            for user in users:
                if user["uid"] == subject:
                    user["accountType"] = variables["accountType"]
            data = {"updateUserAccountType": {"ok": True}}
        else:
            invites[:] = [invite for invite in invites if invite["email"] != subject]
            invites.append({"email": subject, "accountType": variables["accountType"], "inviteStatus": "SENT"})
            data = {"inviteUser": {"ok": True}}
        # In one step: the test reads the file at any time.
        with open(path + ".new", "w") as file:
            json.dump(space, file)
        os.replace(path + ".new", path)
        return 200, {"data": data}

    def answer(self, body, status):
        self.send(json.dumps(body).encode(), status)

    def send(self, data, status, stated_length=0):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(stated_length or len(data)))
        self.end_headers()
        self.wfile.write(data)
        if stated_length:
            self.close_connection = True


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
