"""A time stamp authority of openssl with an address for each of its moods: tsa_server.py FOLDER

Makes `ca.pem` (and `other.pem`, of an authority that stamps nothing) in the folder, prints its port, and writes the
headers of each request to `requests`. POST /good stamps; /garbage, /status, /closed and /slow answer wrongly or not at
all; /rejects refuses; /nonce answers another request; /expired has a certificate that has expired; /brief has one that
expires after ten seconds.
"""
import datetime, http.server, os, subprocess, sys, threading, time

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
os.chdir(folder)
lock = threading.Lock()
open("openssl.cnf", "w").write(
    """
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
[stamping]
extendedKeyUsage = critical,timeStamping
[ca]
default_ca = issuer
[issuer]
database = index
serial = serials
new_certs_dir = .
default_md = sha256
policy = policy
unique_subject = no
copy_extensions = none
[policy]
commonName = supplied
"""
    + "".join(
        f"""
[{name}]
serial = numbers
crypto_device = builtin
signer_cert = {name}.pem
signer_key = {name}.key
certs = ca.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
        for name, digests in [("good", "sha256"), ("expired", "sha256"), ("brief", "sha256"), ("rejects", "sha512")]
    )
)
open("index", "w").close()
open("serials", "w").write("01\n")
open("numbers", "w").write("01\n")


def openssl(*arguments):
    return subprocess.run(
        ["openssl", *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "OPENSSL_CONF": "openssl.cnf"},
    ).stdout


key = ["-newkey", "rsa:2048", "-nodes", "-config", "openssl.cnf"]


def moment(seconds):
    time = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return time.strftime("%Y%m%d%H%M%SZ")


def issue(name, begin, end):
    openssl("req", "-new", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN=Stamps {name}")
    openssl(
        "ca", "-batch", "-notext", "-config", "openssl.cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in",
        f"{name}.csr", "-out", f"{name}.pem", "-extensions", "stamping", "-startdate", moment(begin), "-enddate",
        moment(end),
    )


for name in ["ca", "other"]:
    openssl(
        "req", "-x509", *key, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN=Authority {name}",
        "-days", "30", "-extensions", "authority",
    )
issue("good", -60, 86_400)
issue("rejects", -60, 86_400)
issue("expired", -7200, -3600)


def reply(query, name):
    open("query", "wb").write(query)
    openssl("ts", "-reply", "-config", "openssl.cnf", "-section", name, "-queryfile", "query", "-out", "reply")
    return open("reply", "rb").read()


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        mood = self.path.strip("/")
        with lock:
            open("requests", "a").write(str(self.headers))
            if mood == "closed":
                return
            if mood == "slow":
                time.sleep(30)
            if mood == "brief":
                issue("brief", -60, 10)
            status, data = 200, b"<html>Welcome</html>"
            if mood == "status":
                status = 503
            elif mood == "nonce":
                data = reply(another(query), "good")
            elif mood != "garbage":
                data = reply(query, mood)
        self.send_response(status)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def another(query):
    """A request for the same hash with another number."""
    at = query.index(bytes.fromhex("0420")) + 2
    openssl("ts", "-query", "-digest", query[at : at + 32].hex(), "-sha256", "-cert", "-out", "other")
    return open("other", "rb").read()


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
