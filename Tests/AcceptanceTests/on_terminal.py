"""Runs a command on a pseudo-terminal of so many columns and prints what it drew: on_terminal.py COLUMNS COMMAND…

ANSWERS holds what somebody types at each question in turn, a line each.
"""
import fcntl, os, pty, re, struct, sys, termios

answers = os.environ.pop("ANSWERS", "").split("\n")
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
drawn = b""
asked = 0
while True:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    drawn += piece
    # A question ends with a colon or with the two answers; bold is taken away first.
    shown = re.sub(rb"\x1b\[[0-9;]*m", b"", drawn)
    if re.search(rb"(\): |\[y/N\] |\]: |URL: |name: |Command: |, type \S+: )$", shown) and asked < len(answers):
        # Ctrl-C is a key of its own, without Return.
        os.write(terminal, answers[asked].encode() + (b"" if answers[asked] == "\x03" else b"\n"))
        asked += 1
os.waitpid(pid, 0)
sys.stdout.buffer.write(drawn)
