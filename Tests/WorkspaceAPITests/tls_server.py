"""An HTTPS server that answers the first request with ok: true and each later one with ok: false.

    tls_server.py CERTIFICATE KEY MODE

Prints its port, and a line for each connection and each request. MODE is one of:

    plain     answers as it should
    idle      for each line of standard input, sends another response on every connection, and prints "pushed"
    behind    sends half of the first answer's body; after a line of standard input the rest, and in the same TLS record
              another response
    tunnel    is a proxy and the server behind it: answers CONNECT, prints its target, and then does as plain
"""
import os
import socket
import ssl
import sys
import threading

certificate, key, mode = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.minimum_version = ssl.TLSVersion.TLSv1_3
context.load_cert_chain(certificate, key)
listener = socket.create_server(("127.0.0.1", 0))
connections = []
requests = 0
signalled = threading.Event()


def response(ok):
    body = '{"data":{"disableUser":{"ok":%s}}}' % ("true" if ok else "false")
    return ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)).encode()


def serve(connection):
    global requests
    received = b""
    while True:
        data = connection.recv(65536)
        if not data:
            return
        received += data
        head, separator, body = received.partition(b"\r\n\r\n")
        length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        if not separator or len(body) < int(length[0].split(b":")[1]):
            continue
        received = b""
        requests += 1
        print("request", flush=True)
        answer = response(requests == 1)
        if mode == "behind" and requests == 1:
            connection.sendall(answer[:-10])
            signalled.wait()
            connection.sendall(answer[-10:] + response(True))
        else:
            connection.sendall(answer)


def accept():
    while True:
        plain = listener.accept()[0]
        if mode == "tunnel":
            head = b""
            while b"\r\n\r\n" not in head:
                head += plain.recv(1)
            print(head.decode().split("\r\n")[0], flush=True)
            plain.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            connection = context.wrap_socket(plain, server_side=True)
        except OSError:
            continue
        print("connection", flush=True)
        connections.append(connection)
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


print(listener.getsockname()[1], flush=True)
threading.Thread(target=accept, daemon=True).start()
for line in sys.stdin:
    signalled.set()
    if mode == "idle":
        for connection in connections:
            connection.sendall(response(True))
        print("pushed", flush=True)
# The tests have ended, however they did.
os._exit(0)
