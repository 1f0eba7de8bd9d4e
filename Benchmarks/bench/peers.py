"""Measures the programs in turn, round after round, so that other work of the machine affects all of them equally."""

from dataclasses import dataclass, field

from . import processes
from .keys import KeyCosts, measure as measure_keys
from .programs import PAGE_DOWN
from .service import show_sessions
from .terminal import say


@dataclass
class Figures:
    """The measurements of one program; lists have one sample per round."""
    frame: list = field(default_factory=list)
    data: list = field(default_factory=list)
    keys: KeyCosts = field(default_factory=KeyCosts)
    wakeups: list = field(default_factory=list)
    processor: list = field(default_factory=list)
    resident: int = None
    proportional: int = None


IDLE_SECONDS = 5


def measure(place, programs, rounds):
    figures = {program.name: Figures() for program in programs}
    for turn in range(rounds + 1):
        say(f"start, round {turn} of {rounds}")
        for program in programs:
            # The first round reads the programs from the disk and is not counted.
            _start(place, program, figures[program.name] if turn > 0 else Figures())
    for turn in range(max(rounds // 5, 1)):
        say(f"keys and rest, round {turn + 1} of {max(rounds // 5, 1)}")
        for program in programs:
            _use(place, program, figures[program.name])
    return figures


def _start(place, program, figures):
    with place.start(program) as terminal:
        seen = terminal.milestones({"its frame": program.has_frame, "its data": program.has_data})
        figures.frame.append(seen["its frame"])
        figures.data.append(max(seen.values()))


def _use(place, program, figures):
    with place.start(program) as terminal:
        lead_to_list(terminal, program)
        measure_keys(terminal, program, figures.keys, PAGE_DOWN)
        if program.has_all:
            figures.resident = processes.resident(terminal.pid)
            figures.proportional = processes.proportional(terminal.pid)
        terminal.settle(quiet=1, limit=3)
        activity = processes.idle(terminal.pid, IDLE_SECONDS, terminal.watch)
        figures.wakeups.append(activity.wakeups)
        figures.processor.append(activity.nanoseconds)


def lead_to_list(terminal, program):
    """Waits from the start until the list does not change any more."""
    terminal.wait("its data", program.has_data)
    if program.has_all:
        terminal.wait("all rows", program.has_all, limit=120)
    terminal.settle(quiet=0.5, limit=5)
    program.locate(terminal.emulator)
    if program.name == "masker-tui":
        show_sessions(terminal, program)
    for key, is_there in program.way:
        terminal.press(key)
        terminal.wait(f"the answer to {key!r}", is_there)
