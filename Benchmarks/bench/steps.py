"""Each step of the console alone, without a terminal: `Benchmarks/console`."""

import subprocess

from .place import FRAME
from .terminal import say


def measure(place, pages):
    """The seconds of each step, by name. `pages` is the file that `api` has recorded."""
    say("the console's steps")
    command = [place.folder / "console" / "release" / "measure-console", pages]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    output += subprocess.run([*command, "million"], check=True, capture_output=True, text=True).stdout
    return {name: float(seconds) for name, seconds in (line.split("\t") for line in output.splitlines())}


def slowest(figures, kind):
    """The slowest step of a kind, and its seconds. What takes several parts is left out."""
    return max(((name, seconds) for name, seconds in figures.items() if name.startswith(kind) and "part" not in name and "all" not in name.split(", ")), key=lambda found: found[1])


def longest_part(figures):
    """The longest part of the work on a million sessions, and its seconds."""
    return max(((name, seconds) for name, seconds in figures.items() if name.endswith("the longest part")), key=lambda found: found[1])


def table(figures):
    from .results import table

    def duration(seconds):
        return f"{seconds * 1e9:.1f} ns" if seconds < 1e-6 else f"{seconds * 1e6:.0f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.1f} ms"

    return table(
        ["step, 100,000 sessions loaded if it names no other number, 100x30", "fastest", "of a frame's 16 ms"],
        [[name, duration(seconds), f"{seconds / FRAME:.1%}" if seconds > 1e-5 else ""] for name, seconds in figures.items()])
