"""The folder of the benchmarks, and the environment of the programs in it."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .terminal import Terminal

# The seconds between two pictures on a screen with 60 pictures per second.
FRAME = 0.016
ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Place:
    folder: Path
    console: str
    mock: str

    @staticmethod
    def make(binaries):
        folder = ROOT / "Benchmarks" / ".work"
        settings = folder / "home" / ".config" / "masker-tui"
        settings.mkdir(parents=True, exist_ok=True)
        # Without automatic refreshes, and without files that one run would leave for the next.
        (settings / "config.yaml").write_text("refresh: 0\nno_store: on\n")
        place = Place(folder, str(binaries / "masker-tui"), str(binaries / "masker-mock"))
        source = ROOT / "Benchmarks" / "floor.c"
        subprocess.run(["cc", "-O2", "-o", folder / "floor", source, "-lncursesw"], check=True)
        return place

    @property
    def python(self):
        return Path(sys.executable)

    @property
    def environment(self):
        """The environment of every program. It has a separate home folder, so that the user's settings are not used."""
        return {
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin", "SHELL": "/bin/sh",
            "HOME": str(self.folder / "home"), "XDG_STATE_HOME": str(self.folder / "home" / "state"),
        }

    def start(self, program):
        return Terminal(program.command, {**self.environment, **program.environment})
