import Foundation
import Testing

/// A server that means harm, in Python: it answers each POST in the way that its mode says.
final class HostileServer {
    let url: String
    private let running: Running

    enum Mode: String, CaseIterable {
        /// Every header of the request, back in the body.
        case echo200, echo400, echo401, echo500
        /// An error in the API's own form with the headers in its message.
        case echoError
        /// To another host, which would get the credentials if anybody followed.
        case redirect
        /// A gigabyte of list.
        case gigabyte
        /// The same, and it says so beforehand.
        case announcedGigabyte
        /// A head without end.
        case endlessHead
        /// A gigabyte of zeros in a megabyte of gzip.
        case gzipBomb
        /// JSON, as deep as a stack can be.
        case deep
        /// A list in which every text is a trap.
        case traps
        /// A user whose uid is another user's with a NUL character and more behind it.
        case nul
        /// An empty list, from years ago by the server's clock.
        case past
    }

    private static let program = """
        import gzip, http.server, json, sys
        mode = sys.argv[1]
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *_): pass
            def date_time_string(self, timestamp=None):
                return super().date_time_string(1700000000 if mode == "past" else timestamp)
            def answer(self, status, body, headers={}):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items(): self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            def chunks(self, first, part, count):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                for number in range(count):
                    data = first if number == 0 else part
                    self.wfile.write(b"%x\\r\\n" % len(data) + data + b"\\r\\n")
                self.wfile.write(b"0\\r\\n\\r\\n")
            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                said = str(self.headers)
                start = b'{"data":{"listUsers":{"ok":true,"activeUsers":['
                user = b'{"uid":"1","email":"a@acme.io","name":"A","accountType":"DEVELOPER"},'
                try:
                    if mode.startswith("echo") and mode[4:].isdigit(): self.answer(int(mode[4:]), said.encode())
                    elif mode == "echoError":
                        self.answer(200, json.dumps({"data": None, "errors": [{"message": said}]}).encode())
                    elif mode == "redirect":
                        self.answer(307, b"", {"Location": "http://localhost:%d/elsewhere" % self.server.server_port})
                    elif mode == "gigabyte": self.chunks(start, user * 15000, 1100)
                    elif mode == "announcedGigabyte":
                        self.send_response(200)
                        self.send_header("Content-Length", str(1 << 30))
                        self.end_headers()
                        for _ in range(1100): self.wfile.write(user * 15000)
                    elif mode == "endlessHead":
                        self.wfile.write(b"HTTP/1.1 200 OK\\r\\n")
                        while True: self.wfile.write(b"X-A: " + b"a" * 8000 + b"\\r\\n")
                    elif mode == "gzipBomb":
                        self.answer(200, gzip.compress(b"\\0" * (1 << 26)), {"Content-Encoding": "gzip"})
                    elif mode == "deep": self.answer(200, b'{"data":' * 200000)
                    elif mode == "traps":
                        bad = "\\x1b]0;owned\\x07\\r\\n=cmd|' /C calc'!A1<script>alert(1)</script>\\u202e\\1\\u0301\\uffff"
                        # A uid with a control character is refused.
                        uid = "=cmd|' /C calc'!A1<script>alert(1)</script>\\u202e\\u0301\\uffff"
                        people = [{"uid": uid, "email": "a@acme.io" + bad, "name": bad, "accountType": bad}]
                        # More than a cell of a workbook holds, and so cut there.
                        people.append({"uid": "2", "email": "b@acme.io", "name": "x" * 40000, "accountType": "ADMIN"})
                        invites = [{"email": bad, "accountType": bad, "inviteStatus": bad}]
                        self.answer(200, json.dumps({"data": {"listUsers": {
                            "ok": True, "activeUsers": people, "invitedUsers": invites}}}).encode())
                    elif mode == "nul":
                        people = [{"uid": uid, "email": email, "name": "A", "accountType": "DEVELOPER"}
                            for uid, email in [("u1", "boss@acme.io"), ("u1\\0x", "ann@acme.io")]]
                        self.answer(200, json.dumps({"data": {"listUsers": {
                            "ok": True, "activeUsers": people, "invitedUsers": []}}}).encode())
                    elif mode == "past":
                        self.answer(200, json.dumps({"data": {"listUsers": {
                            "ok": True, "activeUsers": [], "invitedUsers": []}}}).encode())
                except (BrokenPipeError, ConnectionResetError): pass
            def do_GET(self):
                self.server.followed = True
                self.answer(200, b"")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    init(_ mode: Mode, for rollcall: Rollcall) throws {
        try rollcall.write(Self.program, to: "hostile.py")
        running = try Running(
            ["hostile.py", mode.rawValue], of: URL(fileURLWithPath: "/usr/bin/python3"), folder: rollcall.folder,
            environment: ["PATH": rollcall.environment["PATH"] ?? ""], input: nil)
        let port = try running.firstLine()
        url = "http://127.0.0.1:\(port)/"
        rollcall.environment["PARADIME_API_ENDPOINT"] = url
    }

    deinit {
        running.signal(SIGKILL)
        running.process.waitUntilExit()
    }
}
