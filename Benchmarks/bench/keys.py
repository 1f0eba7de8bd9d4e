"""The costs of keys in a list: bytes, and the time until the last byte. The run ends if a screen is not as expected."""

from dataclasses import dataclass, field

from .terminal import COLUMNS


@dataclass
class Samples:
    """The results of repeated measurements."""
    sizes: list = field(default_factory=list)
    seconds: list = field(default_factory=list)

    def add(self, size, seconds):
        self.sizes.append(size)
        self.seconds.append(seconds)


@dataclass
class KeyCosts:
    down: Samples = field(default_factory=Samples)
    scroll: Samples = field(default_factory=Samples)
    page: Samples = field(default_factory=Samples)


def measure(terminal, program, costs, page_key, times=9, pages=5):
    """Measures moving the cursor down within the screen, past its end, and by pages."""
    terminal.settle(quiet=program.quiet)
    for _ in range(times):
        line = program.selected(terminal.emulator)
        if line is None:
            terminal.fail("no row is selected")
        _press(terminal, program, program.down, costs.down, "the cursor did not go down", lambda: line + 1 == program.selected(terminal.emulator))
    for _ in range(times):
        _go_to_last_line(terminal, program)
        before = program.body(terminal.emulator)
        _press(terminal, program, program.down, costs.scroll, "the list did not scroll", lambda: _scrolled(before, program.body(terminal.emulator)))
    for _ in range(pages):
        before = program.body(terminal.emulator)
        _press(terminal, program, page_key, costs.page, "the list is still on its page", lambda: _differ(before, program.body(terminal.emulator)))


def _press(terminal, program, key, samples, failure, is_there):
    """Presses a key. Waits longer if the program first writes something else than expected."""
    terminal.settle(quiet=0.01)
    before = terminal.total
    reaction = terminal.press(key, quiet=program.quiet)
    for _ in range(10):
        if is_there():
            break
        terminal.settle(quiet=program.quiet)
    else:
        terminal.fail(failure)
    samples.add(terminal.total - before, reaction.seconds)


def _go_to_last_line(terminal, program):
    for _ in range(program.last - program.first + 1):
        line = program.selected(terminal.emulator)
        if line == program.last:
            return
        _press(terminal, program, program.down, Samples(), "the cursor did not move", lambda: program.selected(terminal.emulator) not in (line, None))
    terminal.fail("the last line of the list is never selected")


def _scrolled(before, after):
    """Whether the list has scrolled. Some programs scroll by more than a line, and some change values meanwhile."""
    return any(_alike(before[step:], after[:len(after) - step]) for step in range(1, len(before) // 2 + 1))


def _alike(some, others):
    """Whether most rows have the same text, apart from the marker. A panel beside the list may be unchanged."""
    half = COLUMNS // 2
    same = sum(a[1:half] == b[1:half] or a[half:] == b[half:] != "" for a, b in zip(some, others))
    return same >= 0.7 * len(some)


def _differ(before, after):
    return sum(a == b for a, b in zip(before, after)) < len(before) / 2
