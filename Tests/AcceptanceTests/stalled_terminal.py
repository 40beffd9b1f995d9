"""Runs a command on a pseudo-terminal whose output stalls once progress is drawn, sends it SIGTERM and prints its exit
status.

stalled_terminal.py stop COMMAND…    the terminal is stopped, as by Ctrl-S
stalled_terminal.py leave COMMAND…   nobody reads the terminal any more, and its buffer is full
"""
import os, pty, signal, subprocess, sys, time

reading, terminal = pty.openpty()
command = subprocess.Popen(sys.argv[2:], stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True)
drawn = b""
while b"Sending" not in drawn:
    drawn += os.read(reading, 4096)
if sys.argv[1] == "stop":
    os.write(reading, b"\x13")
else:
    # An open file of its own: what is set on the other one the command would notice.
    own = os.open(os.ttyname(terminal), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        while True:
            os.write(own, b"." * 64)
    except BlockingIOError:
        pass
# Long enough for the progress line, which is drawn five times a second, to wait.
time.sleep(2)
command.send_signal(signal.SIGTERM)
try:
    print(command.wait(60), end="")
except subprocess.TimeoutExpired:
    command.kill()
    print("it has not ended", end="")
