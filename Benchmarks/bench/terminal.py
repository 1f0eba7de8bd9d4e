"""Runs a program in a pseudo-terminal, and records every byte that it writes with its time."""

import fcntl
import os
import select
import signal
import struct
import sys
import termios
import time
from dataclasses import dataclass

from .emulator import Emulator

COLUMNS, ROWS = 100, 30


class Failed(Exception):
    """A program did not behave as expected."""


@dataclass
class Reaction:
    """The reaction of a program to a key."""
    size: int
    seconds: float
    data: bytes


class Terminal:
    """A program in a pseudo-terminal. The clock starts before the program. The emulator reads the output in its pauses, so that
    it does not delay the measurement."""

    # Seconds without output after which the program has finished its reaction.
    QUIET = 0.12
    # Seconds without output that are enough for the emulator to read the output so far.
    PAUSE = 0.02

    def __init__(self, command, environment, columns=COLUMNS, rows=ROWS):
        self.command = command
        self.emulator = Emulator(columns, rows)
        self._backlog = []
        self._expected = {}
        self._seen = {}
        self.total = 0
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.set_blocking(self._master, False)
        name = os.ttyname(slave)
        # The first terminal that a session leader opens becomes its controlling terminal.
        files = [(os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
        self._poll = select.poll()
        self._poll.register(self._master, select.POLLIN)
        self._started = time.perf_counter()
        self.pid = os.posix_spawn(command[0], command, environment, file_actions=files, setsid=True)
        os.close(slave)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # Reading

    def _read(self, seconds):
        """One chunk of output and its time in seconds since the start; None when none arrives in time."""
        if not self._poll.poll(max(seconds, 0) * 1000):
            return None
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            data = b""
        moment = time.perf_counter() - self._started
        if not data:
            self.catch_up()
            self.fail("the program has ended")
        self.total += len(data)
        self._backlog.append((moment, data))
        return moment, data

    def catch_up(self):
        """Gives the emulator the output so far; records when the expected screens were shown."""
        backlog, self._backlog = self._backlog, []
        for moment, data in backlog:
            self.emulator.feed(data)
            self._look(moment)

    def _look(self, moment):
        for name, is_there in self._expected.items():
            if name not in self._seen and is_there(self.emulator):
                self._seen[name] = moment

    def milestones(self, expected, limit=60):
        """Waits until the screen has met each of these checks. Returns their times in seconds since the start."""
        self._expected, self._seen = expected, {}
        deadline = time.perf_counter() + limit
        if not self._backlog:
            self._look(time.perf_counter() - self._started)
        while len(self._seen) < len(expected):
            if time.perf_counter() > deadline:
                missing = ", ".join(name for name in expected if name not in self._seen)
                self.fail(f"not on the screen within {limit} s: {missing}")
            came = self._read(self.PAUSE if self._backlog else 0.2)
            # Output without pauses is checked from time to time.
            if came is None or came[0] - self._backlog[0][0] > 0.1:
                self.catch_up()
        self._expected = {}
        return self._seen

    def wait(self, what, is_there, limit=60):
        """Waits until the screen meets a check. Returns the time in seconds since the start."""
        return self.milestones({what: is_there}, limit)[what]

    def settle(self, quiet=QUIET, limit=60):
        """Reads until there is a pause of `quiet` seconds in the output."""
        deadline = time.perf_counter() + limit
        while self._read(quiet) is not None:
            if time.perf_counter() > deadline:
                self.fail(f"the output has not ended within {limit} s")
        self.catch_up()

    def watch(self, seconds):
        """Reads the output of the next seconds."""
        self.settle()
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)
        self.catch_up()

    # Writing

    def send(self, keys):
        os.write(self._master, keys)

    def press(self, key, quiet=QUIET, limit=30):
        """Presses a key, and reads until there is a pause of `quiet` seconds in the output."""
        self.settle(quiet=0.01)
        pressed = time.perf_counter()
        self.send(key)
        if self._read(limit) is None:
            self.fail(f"no answer to {key!r} within {limit} s")
        deadline = pressed + limit
        while self._read(quiet) is not None and time.perf_counter() < deadline:
            pass
        data = b"".join(chunk for _, chunk in self._backlog)
        last = self._end_of_answer() + self._started - pressed
        self.catch_up()
        return Reaction(len(data), last, data)

    def press_until(self, key, what, is_there, limit=30):
        """Presses a key while the program also writes other output. Returns the seconds until the screen shows the key's effect."""
        pressed = time.perf_counter()
        self.send(key)
        return self.wait(what, is_there, limit) + self._started - pressed

    def _end_of_answer(self):
        """The time of the last chunk before the first pause: later output of some programs is not the answer to the key."""
        moments = [moment for moment, _ in self._backlog]
        for last, following in zip(moments, moments[1:]):
            if following - last > self.PAUSE:
                return last
        return moments[-1]

    # Ending

    def fail(self, why):
        raise Failed(f"{' '.join(self.command)}: {why}\n{frame(self.emulator.lines())}")

    def close(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self._master)


def frame(lines):
    """A screen with a frame around it, for a message."""
    return "\n".join(["  ┌" + "─" * COLUMNS] + ["  │" + line for line in lines] + ["  └" + "─" * COLUMNS])


def say(text):
    print(text, file=sys.stderr, flush=True)
