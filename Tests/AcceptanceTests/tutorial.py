"""Works through a tutorial as its reader does: tutorial.py URL INTERRUPTED < COMMANDS

Types the commands, a JSON list, one after the other at one bash on a terminal of 80 columns, and answers the questions. The
command INTERRUPTED gets Ctrl-C as soon as the sandbox at URL has had an invitation. Prints a JSON list with the status and
the text on the screen of each command.
"""

import codecs, fcntl, json, os, pty, re, struct, sys, termios, time, urllib.request

url, interrupted = sys.argv[1:]
commands = json.load(sys.stdin)
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    # What is typed is not shown, so that the screen has the output alone.
    settings = termios.tcgetattr(0)
    settings[3] &= ~termios.ECHO
    termios.tcsetattr(0, termios.TCSANOW, settings)
    os.environ.update(TERM="xterm", NO_COLOR="1", PS1="<<$?>>", PS2="")
    os.execvp("bash", ["bash", "--norc", "--noprofile", "--noediting"])


def invitations():
    with urllib.request.urlopen(url + "__sandbox/invites") as answer:
        return len(json.load(answer))


decoder = codecs.getincrementaldecoder("utf-8")()


def read():
    return decoder.decode(os.read(terminal, 4096)).replace("\r\n", "\n")


def play(command):
    """Types a command, and reads until the shell asks for the next one."""
    screen = ""
    os.write(terminal, command.encode() + b"\n")
    while not (end := re.search(r"<<(\d+)>>$", screen)):
        screen += read()
        if question := re.search(r'(\[y/N\]|type "(\w+)":) $', screen):
            answer = question[2] or "y"
            os.write(terminal, answer.encode() + b"\n")
            screen += answer + "\n"
            if command == interrupted:
                while invitations() == 0:
                    time.sleep(0.05)
                os.write(terminal, b"\x03")
    # A progress line that was cleared is no longer on the screen.
    shown = re.sub(r"[^\n]*\r\x1b\[K", "", screen[: end.start()])
    return {"status": int(end[1]), "screen": re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", shown)}


# The first prompt.
while not read().endswith("<<0>>"):
    pass
print(json.dumps([play(command) for command in commands]))
