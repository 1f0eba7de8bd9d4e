"""The measured programs: how each is started and driven, and how its screen is checked."""

import re
import subprocess
from dataclasses import dataclass, field
from typing import Callable

from . import data

ARROW_DOWN, PAGE_DOWN = b"\x1bOB", b"\x1b[6~"


@dataclass
class Program:
    name: str
    command: list
    # The lines of the list, without titles.
    first: int
    last: int
    # Whether the screen shows the frame, possibly without data, and whether it shows the rows.
    has_frame: Callable
    has_data: Callable
    # Whether all 100,000 rows are loaded; None for a program that has fewer.
    has_all: Callable = None
    # Keys that lead to the list, each with a check of the screen after it.
    way: list = field(default_factory=list)
    down: bytes = b"j"
    # The marker of the selected row in the margin; None if the row is shown by a bar.
    marker: str = None
    # A text in the line above the list, if the list does not always begin on the same line.
    title: str = None
    # The pause, in seconds, after which the output for a key has ended.
    quiet: float = 0.12
    environment: dict = field(default_factory=dict)

    def locate(self, emulator):
        """Finds the list on the screen."""
        if self.title:
            self.first = next(i for i, line in enumerate(emulator.lines()) if self.title in line) + 1

    def body(self, emulator):
        return emulator.lines()[self.first:self.last + 1]

    def selected(self, emulator):
        """The line with the marker, or with another background than the others."""
        if self.marker:
            found = [i for i, line in enumerate(self.body(emulator)) if line.startswith(self.marker)]
        else:
            looks = emulator.backgrounds()[self.first:self.last + 1]
            usual = max(set(looks), key=looks.count)
            found = [i for i, look in enumerate(looks) if look != usual]
        return self.first + found[0] if len(found) == 1 else None


def shows(pattern):
    """A check whether the screen shows a text, given as a regular expression."""
    compiled = re.compile(pattern)
    return lambda emulator: compiled.search(emulator.text()) is not None


def peers(folder, python):
    """The other programs, from Debian and PyPI."""
    tree, table = data.tree(folder), data.table(folder)
    return [
        Program(
            "ncdu", ["/usr/bin/ncdu", str(tree)], 2, 28, shows("(?m)^ ?ncdu|Scanning|Total items"), shows("Items: 1800"),
            way=[(b"j", shows("/025"))]),
        Program("mc", ["/usr/bin/mc", "--nosubshell", str(tree), str(tree)], 3, 23, shows("10Quit"), shows("/019-said"), down=ARROW_DOWN),
        Program(
            "htop", ["/usr/bin/htop", "--sort-key", "PID"], 8, 28, shows("F10Quit"), shows(r"\d:\d\d\.\d\d "), down=ARROW_DOWN,
            title="PID"),
        Program(
            "tig", ["/usr/bin/tig", "-C", str(data.repository(folder))], 0, 27, shows(r"\[main\]"), shows("099973"),
            has_all=shows("of 100000")),
        Program(
            "visidata", [str(python.parent / "vd"), str(table)], 2, 28, shows("File  Edit"), shows("agent-018-prod"),
            has_all=shows("100000 rows"), way=[(b"j", shows("go-down"))], quiet=0.5),
    ]


class Sleepers:
    """Processes for htop to show."""

    def __init__(self, count=120):
        self._processes = [
            subprocess.Popen(["bash", "-c", "exec -a masker-bench-sleep sleep 100000"]) for _ in range(count)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()


def floors(folder, screen, rows, first, last):
    """The program `floor` with the texts of the console: with a marker, and with a reversed row."""
    (folder / "screen.txt").write_text("\n".join(line or " " for line in screen) + "\n")
    (folder / "rows.txt").write_text("\n".join(rows) + "\n")
    binary = folder / "floor"

    def floor(look, marker):
        command = [str(binary), look, str(folder / "screen.txt"), str(first), str(last - first + 1), str(folder / "rows.txt")]
        is_there = lambda emulator: rows[last - first].split()[:3] == emulator.lines()[last].split()[:3]
        return Program(f"floor, {look}", command, first, last, is_there, is_there, has_all=is_there, marker=marker)

    return floor("marker", "▌"), floor("reversed", None)
