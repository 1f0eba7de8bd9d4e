"""The console and the floor over a real sshd on loopback, through a relay that counts and delays the bytes."""

import getpass
import os
import shlex
import socket
import subprocess
import time
from dataclasses import dataclass, field, replace

from . import keys
from .programs import PAGE_DOWN
from .relay import Relay
from .service import Service, show_sessions
from .terminal import say

# The delay in seconds in each direction: 100 ms for a key and its answer.
DELAY = 0.05


@dataclass
class Figures:
    frame: list = field(default_factory=list)
    data: list = field(default_factory=list)
    # Bytes on the wire in both directions, and seconds, for each key.
    keys: dict = field(default_factory=lambda: {"cursor down": keys.Samples(), "scroll a line": keys.Samples(), "page down": keys.Samples()})


class Server:
    def __init__(self, place):
        self._folder = place.folder / "ssh"
        self._folder.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        for name in ("key", "host"):
            if not (self._folder / name).exists():
                subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self._folder / name], check=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (self._folder / "config").write_text("\n".join([
            f"Port {self.port}", "ListenAddress 127.0.0.1", f"HostKey {self._folder}/host",
            f"AuthorizedKeysFile {self._folder}/key.pub", "PidFile none", "UsePAM no", "StrictModes no", "PasswordAuthentication no",
            "KbdInteractiveAuthentication no", "PermitRootLogin prohibit-password", "PrintMotd no", "PrintLastLog no", ""]))
        self._process = subprocess.Popen(
            ["/usr/sbin/sshd", "-D", "-f", self._folder / "config", "-E", self._folder / "log"], stdin=subprocess.DEVNULL)
        for _ in range(100):
            if subprocess.run(["ssh-keyscan", "-p", str(self.port), "127.0.0.1"], capture_output=True).stdout:
                return
            time.sleep(0.05)
        raise RuntimeError(f"sshd does not listen, see {self._folder}/log")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait()

    def over(self, port, program, environment):
        """The program with a command that runs it over SSH."""
        settings = [f"{name}={value}" for name, value in {**environment, **program.environment}.items() if name != "TERM"]
        command = [
            "/usr/bin/ssh", "-tt", "-F", "/dev/null", "-p", str(port), "-i", str(self._folder / "key"), "-o", "IdentitiesOnly=yes",
            "-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
            f"{getpass.getuser()}@127.0.0.1", "exec env -i TERM=\"$TERM\" " + shlex.join(settings + program.command)]
        return replace(program, command=command, environment={})


def measure(place, floor, rounds):
    """The costs of a start and of keys for both programs."""
    figures = {"floor, marker": Figures(), "masker-tui": Figures()}
    with Service(place) as service, Server(place) as server, Relay(server.port, delay=DELAY) as relay:
        for turn in range(rounds):
            say(f"over SSH, round {turn + 1} of {rounds}")
            for program in (floor, service.console()):
                _use(place, relay, server.over(relay.port, program, place.environment), figures[program.name])
    return figures


def _use(place, relay, program, figures):
    with place.start(program) as terminal:
        seen = terminal.milestones({"frame": program.has_frame, "data": program.has_data})
        figures.frame.append(seen["frame"])
        figures.data.append(max(seen.values()))
        terminal.settle(quiet=0.4)
        if program.name == "masker-tui":
            terminal.press(b"2", quiet=0.4)
        for name, key, times in (("cursor down", b"j", 8), (None, b"j", 18), ("scroll a line", b"j", 8), ("page down", PAGE_DOWN, 4)):
            for _ in range(times):
                sent, received = relay.counts()
                before = program.body(terminal.emulator)
                reaction = terminal.press(key, quiet=0.3 if name else 0.02)
                if before == program.body(terminal.emulator):
                    terminal.fail(f"{key!r} changed nothing")
                now = relay.counts()
                if name:
                    size = now[0] - sent + now[1] - received
                    figures.keys[name].add(size, reaction.seconds)
