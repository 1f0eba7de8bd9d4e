"""The mock server for the console, in a separate process."""

import json
import re
import subprocess
import urllib.request

from .programs import PAGE_DOWN, Program, shows

COOKIE = "bench"


class Service:
    def __init__(self, place, sessions=100_000, agents=50, latency=0):
        self._place = place
        command = [
            place.mock, "serve", "--sessions", str(sessions), "--agents", str(agents), "--latency", str(latency), "--traffic", "0",
            "--user", f"ada:admin:{COOKIE}"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.origin = self._process.stdout.readline().split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()

    def environment(self, origin=None):
        return {"MASKER_URL": origin or self.origin, "MASKER_SESSION": COOKIE}

    def console(self, *options, origin=None):
        """The console with its first screen, configured by the file that `Place` writes."""
        command = [self._place.console, *options]
        return Program(
            "masker-tui", command, 5, 27, shows(r" quit"), _has_lists, marker="▌", environment=self.environment(origin))

    # Control addresses of the mock server.

    def faults(self, *faults):
        self._call("PUT", "/__mock/faults", json.dumps(faults).encode())

    def requests(self):
        return json.loads(self._call("GET", "/__mock/requests"))

    def forget_requests(self):
        self._call("DELETE", "/__mock/requests")

    def _call(self, method, path, body=None):
        request = urllib.request.Request(self.origin + path, body, method=method)
        with urllib.request.urlopen(request) as answer:
            return answer.read()


def _has_lists(emulator):
    """Whether agents and sessions are loaded and the header shows the signed-in user."""
    return re.search(r"(?s)\bada\b.*Agents \d.*Sessions \d", emulator.text()) is not None


def show_sessions(terminal, program):
    """Goes from the first screen to the list of sessions, and waits for its rows."""
    terminal.wait("agents and sessions", program.has_data)
    terminal.press(b"2")
    terminal.wait("the list of sessions", lambda emulator: program.selected(emulator) == program.first)


def sample_rows(terminal, program, pages=12):
    """A screen of sessions and the texts of many rows, so that `floor` can show the same."""
    screen = terminal.emulator.lines()
    rows = []
    for _ in range(pages):
        rows += [line[1:] for line in program.body(terminal.emulator)]
        terminal.press(PAGE_DOWN, quiet=0.3)
    empty = [("" if program.first <= index <= program.last else line) for index, line in enumerate(screen)]
    return empty, rows
