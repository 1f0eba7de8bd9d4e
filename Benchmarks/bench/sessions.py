"""Driving the console's list of sessions."""

import re

COUNT = re.compile(r"Sessions ([\d,]+)(\+?)")


def loaded(emulator):
    """How many sessions the console has, and whether those are all."""
    found = COUNT.search(emulator.text())
    return (int(found[1].replace(",", "")), not found[2]) if found else (0, False)


def load_all(terminal, most=100_000):
    """Goes to the end of the list again and again, until it is the end or there are so many."""
    count, is_all = loaded(terminal.emulator)
    while not is_all and count < most:
        terminal.send(b"G")
        terminal.wait(f"more than {count} sessions", lambda emulator: loaded(emulator)[0] > count)
        count, is_all = loaded(terminal.emulator)
    terminal.settle()
    return count


def start_streaming(terminal):
    """Looks for a text that is nowhere: the console reads page after page to find it."""
    terminal.send(b"/zzzz")
    terminal.wait("pages stream in", lambda emulator: loaded(emulator)[0] >= 1_000)
