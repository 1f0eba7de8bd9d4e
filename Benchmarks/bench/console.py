"""Measurements of the console alone: refreshes, the clock, keys while it is busy, memory per row."""

import re
import time

from . import processes
from .changing import Changing
from .programs import PAGE_DOWN
from .relay import Relay
from .service import Service, show_sessions
from .sessions import load_all, loaded, start_streaming
from .terminal import say

ROWS = 100_000
MINUTE = 62
# Bytes per second: slow enough that the report takes longer than the keys.
REPORT_RATE = 100


def measure(place, floor):
    figures = {}
    with place.start(floor) as terminal:
        terminal.wait("its rows", floor.has_data)
        figures["floor keys"] = _cursor(terminal, floor, DOWN_UP)
    with Service(place, sessions=ROWS) as service:
        _refreshes(place, service, figures)
        _idle_minute(place, service, figures)
        _busy(place, service, figures)
        _report(place, service, figures)
        _all_rows(place, service, figures)
    _million(place, figures)
    return figures


def _refreshes(place, service, figures):
    say("refreshes")
    with Changing(service.origin) as server:
        program = service.console(origin=server.origin)
        with place.start(program) as terminal:
            terminal.wait("agents and sessions", program.has_data)
            terminal.settle(quiet=0.5)
            before = _without_time(terminal.emulator.lines())
            figures["unchanged refresh"] = _refresh(terminal, service)
            if _without_time(terminal.emulator.lines()) != before:
                terminal.fail("a refresh that changes nothing changed the screen")
            server.replacement = (b'"intake-test"', b'"intake-fest"')
            figures["one row refresh"] = _refresh(terminal, service)
            after = _without_time(terminal.emulator.lines())
            changed = [index for index, lines in enumerate(zip(before, after)) if lines[0] != lines[1]]
            if len(changed) != 1 or "intake-fest" not in after[changed[0]]:
                terminal.fail(f"not one row changed, but lines {changed}")


def _without_time(lines):
    return [re.sub(r"↻ .*", "↻", line) for line in lines]


def _refresh(terminal, service):
    """The number of bytes that a refresh writes. The server's record of requests shows when it has ended."""
    # The header shows the minute of the last refresh, so no new minute may begin during the measurement.
    time.sleep(max(63 - time.time() % 60, 0) if time.time() % 60 > 50 else 1.5)
    service.forget_requests()
    terminal.settle()
    before = terminal.total
    terminal.send(b"r")
    for _ in range(100):
        terminal.settle(quiet=0.1)
        if len(service.requests()) >= 3:
            break
    else:
        terminal.fail("r sends no request")
    terminal.settle(quiet=0.5)
    return terminal.total - before


def _idle_minute(place, service, figures):
    """A console without input, with the usual refresh every 15 seconds."""
    say(f"{MINUTE} seconds of nothing")
    program = service.console("--refresh", "15")
    with place.start(program) as terminal:
        terminal.wait("agents and sessions", program.has_data)
        terminal.settle(quiet=0.5)
        activity = processes.idle(terminal.pid, MINUTE, lambda seconds: _watch_clock(terminal, seconds, figures))
        figures["minute: wake-ups"] = activity.wakeups
        figures["minute: processor"] = activity.nanoseconds / 1e9


def _watch_clock(terminal, seconds, figures):
    """Counts all bytes, and separately those that change only the header: the figures of the last 24 hours change with time."""
    start, clock, end = terminal.total, 0, time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        before, total = terminal.emulator.lines(), terminal.total
        terminal.watch(min(left, 1))
        if terminal.emulator.lines()[1:] == before[1:]:
            clock += terminal.total - total
    if not clock:
        terminal.fail("no change of the header's clock alone was seen")
    figures["minute: bytes"], figures["minute: clock"] = terminal.total - start, clock


def _cursor(terminal, program, keys):
    """Seconds from each key to the byte after which the screen shows the cursor on the right row."""
    samples = []
    for key, step in keys:
        wanted = program.selected(terminal.emulator) + step
        samples.append(terminal.press_until(key, "the cursor moves", lambda emulator: program.selected(emulator) == wanted))
    return samples


DOWN_UP = [(b"j", 1)] * 8 + [(b"k", -1)] * 8


def _busy(place, service, figures):
    say("keys while pages stream in")
    program = service.console()
    with place.start(program) as terminal:
        terminal.wait("agents and sessions", program.has_data)
        # The list of agents begins one line higher: the list of sessions has its filter on that line.
        program.first = 4
        terminal.settle()
        figures["keys at rest"] = _cursor(terminal, program, DOWN_UP)
        terminal.press(b"2")
        start_streaming(terminal)
        terminal.send(b"\r1")
        terminal.wait("the agents", lambda emulator: "TOKENIZATION" in emulator.text())
        first, _ = loaded(terminal.emulator)
        samples, last = [], first
        for key in DOWN_UP * 2:
            found = _cursor(terminal, program, [key])
            last, is_all = loaded(terminal.emulator)
            # On a fast machine all pages arrive before the last key.
            if is_all:
                break
            samples += found
        if last <= first + 1_000 or len(samples) < 8:
            terminal.fail(f"too few keys while pages streamed in: {len(samples)}; {first} sessions, then {last}")
        figures["keys while streaming"] = samples
        figures["streamed meanwhile"] = last - first


def _report(place, service, figures):
    say("keys while a report downloads")
    reports = place.folder / "reports"
    reports.mkdir(exist_ok=True)
    with Relay(int(service.origin.rpartition(":")[2])) as relay:
        program = service.console("--reports", str(reports), origin=f"http://127.0.0.1:{relay.port}")
        with place.start(program) as terminal:
            show_sessions(terminal, program)
            terminal.send(b"\r")
            terminal.wait("the session", lambda emulator: "merkle" in emulator.text())
            relay.counts(limit=REPORT_RATE)
            terminal.send(b"S")
            terminal.wait("the question in which form", lambda emulator: "Save the report" in emulator.text())
            terminal.send(b"p\r")
            terminal.wait("the report comes", lambda emulator: "saving" in emulator.text())
            terminal.send(b"1")
            terminal.wait("the agents", lambda emulator: "TOKENIZATION" in emulator.text())
            program.first = 4
            _, before = relay.counts(limit=REPORT_RATE)
            figures["keys while a report downloads"] = _cursor(terminal, program, DOWN_UP)
            terminal.send(b"2")
            terminal.wait("the report still comes", lambda emulator: "saving" in emulator.text())


def _all_rows(place, service, figures):
    say("100,000 sessions")
    program = service.console()
    with place.start(program) as terminal:
        show_sessions(terminal, program)
        terminal.settle(quiet=0.5)
        few, before = loaded(terminal.emulator)[0], processes.resident(terminal.pid)
        count = load_all(terminal, ROWS)
        figures["rows"] = count
        figures["resident"] = processes.resident(terminal.pid)
        figures["proportional"] = processes.proportional(terminal.pid)
        figures["bytes a row"] = (figures["resident"] - before) / (count - few)
        figures["keys with all rows"] = [terminal.press(key).seconds for key in [b"k"] * 8 + [PAGE_DOWN.replace(b"6", b"5")] * 4]
        figures["find"] = [terminal.press(key).seconds for key in (b"/", b"p", b"r", b"i", b"o")][1:]


def _million(place, figures):
    say("1,000,000 sessions on the server")
    with Service(place, sessions=1_000_000) as service:
        program = service.console()
        with place.start(program) as terminal:
            show_sessions(terminal, program)
            service.forget_requests()
            pages = 40
            for _ in range(pages):
                terminal.press(PAGE_DOWN)
            figures["window rows"] = pages * (program.last - program.first + 1)
            figures["window requests"] = len(service.requests())
            figures["window resident"] = processes.resident(terminal.pid)
            say("reading 1,000,000 sessions")
            start_streaming(terminal)
            terminal.wait("all sessions", lambda emulator: loaded(emulator)[1], limit=3_600)
            terminal.settle()
            figures["million resident"] = processes.resident(terminal.pid)
