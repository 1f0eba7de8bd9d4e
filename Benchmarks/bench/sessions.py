"""Controls the console's list of sessions."""

import re

COUNT = re.compile(r"Sessions ([\d,]+)(\+?)")


def loaded(emulator):
    """The number of sessions that the console has loaded, and whether these are all."""
    found = COUNT.search(emulator.text())
    return (int(found[1].replace(",", "")), not found[2]) if found else (0, False)


def load_all(terminal, most=100_000):
    """Goes to the end of the list repeatedly, until all or this many sessions are loaded."""
    count, is_all = loaded(terminal.emulator)
    while not is_all and count < most:
        terminal.send(b"G")
        terminal.wait(f"more than {count} sessions", lambda emulator: loaded(emulator)[0] > count)
        count, is_all = loaded(terminal.emulator)
    terminal.settle()
    return count


def start_streaming(terminal):
    """Searches for a text that no row has, so that the console reads page after page."""
    terminal.send(b"/zzzz")
    terminal.wait("pages stream in", lambda emulator: loaded(emulator)[0] >= 1_000)
