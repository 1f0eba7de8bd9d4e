"""The figures as tables, for the terminal and RESULTS.md."""

import platform
import re
import subprocess
from statistics import median

from . import steps
from .growth import SIZES
from .place import FRAME


def milliseconds(samples):
    value = median(samples) * 1000
    return f"{value:.1f} ms" if value < 10 else f"{value:,.0f} ms"


def count(value):
    return f"{value:,.0f}"


def megabytes(value):
    return "–" if value is None else f"{value / 1e6:.1f} MB"


def times(value, floor):
    return f"{value / floor:.2f}×"


def table(head, rows):
    """A table in Markdown, with columns padded so that it is readable as plain text."""
    cells = [head] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in cells]
    return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|"] + lines[1:])


# The programs side by side

def beside_others(figures):
    floor = figures["floor, marker"]
    head = ["program", "first full screen", "with data", "cursor down", "scroll a line", "page down", "key to last byte", "100,000 rows", "wake-ups in 5 s"]
    rows = []
    for name, of in figures.items():
        rows.append([
            name,
            _with_ratio(milliseconds(of.frame), median(of.frame), median(floor.frame)),
            milliseconds(of.data),
            *(_bytes(getattr(of.keys, key), getattr(floor.keys, key)) for key in ("down", "scroll", "page")),
            _with_ratio(f"{median(of.keys.down.seconds) * 1000:.2f} ms", median(of.keys.down.seconds), median(floor.keys.down.seconds)),
            megabytes(of.resident),
            count(median(of.wakeups)),
        ])
    return table(head, rows)


def _bytes(samples, floor):
    return _with_ratio(count(median(samples.sizes)), median(samples.sizes), median(floor.sizes))


def _with_ratio(text, value, floor):
    return f"{text} ({value / floor:.1f}×)"


# Goals

def goals(peers, first, console, growth, step_times):
    """Each goal with the measured figure, and whether the goal is reached."""
    floor, own = peers["floor, marker"], peers["masker-tui"]
    rows = []

    def goal(text, measured, holds):
        rows.append([text, measured, "holds" if holds else "**misses**"])

    def seconds(samples):
        return median(samples) * 1000

    frame = median(own.frame) / median(floor.frame)
    goal("first frame ≤ 3× the floor's", f"{frame:.2f}×, {milliseconds(own.frame)}", frame <= 3)
    for latency, of in first.items():
        ratio = median(of["console"]) / median(of["curl"])
        goal(f"first data ≤ 1.3× curl's, server latency {latency} ms", f"{ratio:.2f}×, {milliseconds(of['console'])}", ratio <= 1.3)
    down, scroll = median(own.keys.down.sizes), median(own.keys.scroll.sizes)
    goal("cursor down ≤ 80 bytes", count(down), down <= 80)
    goal("scroll a line ≤ 300 bytes", count(scroll), scroll <= 300)
    page = median(own.keys.page.sizes) / median(floor.keys.page.sizes)
    goal("page down ≤ 1.15× the floor's bytes", f"{page:.2f}×, {count(median(own.keys.page.sizes))}", page <= 1.15)
    goal("a refresh that changes nothing: 0 bytes", count(console["unchanged refresh"]), console["unchanged refresh"] == 0)
    goal("a refresh that changes one row: its cells only", f"{console['one row refresh']} bytes", console["one row refresh"] <= 100)
    goal("the clock ≤ 40 bytes a minute", count(console["minute: clock"]), console["minute: clock"] <= 40)
    for name, key in (("cursor down", "down"), ("scroll a line", "scroll"), ("page down", "page")):
        mine, theirs = getattr(own.keys, key).seconds, getattr(floor.keys, key).seconds
        ratio = median(mine) / median(theirs)
        goal(f"{name} ≤ 2× the floor's time", f"{ratio:.2f}×, {seconds(mine):.2f} ms", ratio <= 2)
    for name in ("keys while streaming", "keys while a report downloads"):
        ratio = median(console[name]) / median(console["floor keys"])
        goal(f"{name} ≤ 2× the floor's time", f"{ratio:.2f}×, {seconds(console[name]):.2f} ms", ratio <= 2)
    goal("100,000 sessions ≤ 42 MB resident", megabytes(console["resident"]), console["resident"] <= 42e6)
    goal("≤ 300 bytes a session", count(console["bytes a row"]), console["bytes a row"] <= 300)
    goal(
        "paging through 1,000,000 loads what is shown", f"{console['window rows']} rows: {console['window requests']} pages of 100",
        console["window requests"] <= console["window rows"] / 100 + 2)
    goal("no wake-up in 5 s without a key", count(median(own.wakeups)), median(own.wakeups) == 0)
    small, large = growth[SIZES[0]], growth[SIZES[-1]]
    ratio = median(large.frame) / median(small.frame)
    goal("first frame the same at 100 and 1,000,000 sessions", f"{ratio:.2f}×", 0.8 <= ratio <= 1.25)
    goal("find in 100,000 rows ≤ 16 ms", f"{seconds(console['find']):.1f} ms, with drawing", median(console["find"]) <= FRAME)
    for kind in ("find", "sort"):
        name, duration = steps.slowest(step_times, kind)
        goal(f"{kind} 100,000 rows ≤ 16 ms, the slowest", f"{duration * 1000:.1f} ms, {name}", duration <= FRAME)
    name, duration = steps.longest_part(step_times)
    goal("1,000,000 rows: no part of a find, a sort or the latency view > 16 ms", f"{duration * 1000:.1f} ms, {name}", duration <= FRAME)
    goal("1,000,000 sessions ≤ 150 MB resident", megabytes(console["million resident"]), console["million resident"] <= 150e6)
    return table(["goal", "measured", ""], rows)


# More of the console

def first_data(figures):
    rows = [
        [f"{latency} ms", milliseconds(of["frame"]), milliseconds(of["console"]), milliseconds(of["curl"]), times(median(of["console"]), median(of["curl"]))]
        for latency, of in figures.items()]
    return table(["server latency", "first frame", "first data", "slowest of three curls", ""], rows)


def growing(figures):
    rows = [
        [count(size), milliseconds(of.frame), milliseconds(of.data), *(
            f"{count(median(samples.sizes))} in {median(samples.seconds) * 1000:.2f} ms" for samples in (of.keys.down, of.keys.scroll, of.keys.page))]
        for size, of in figures.items()]
    return table(["sessions on the server", "first frame", "first data", "cursor down: bytes", "scroll a line", "page down"], rows)


def busy(console):
    rows = [[name, f"{median(console[name]) * 1000:.2f} ms", f"{max(console[name]) * 1000:.2f} ms"] for name in (
        "floor keys", "keys at rest", "keys while streaming", "keys while a report downloads", "keys with all rows", "find")]
    return table(["from the key to its effect", "median", "longest"], rows)


def rest(console):
    rows = [
        ["a refresh that changes nothing", f"{console['unchanged refresh']} bytes"],
        ["a refresh that changes one row", f"{console['one row refresh']} bytes"],
        ["a minute idle, with a refresh every 15 s", f"{console['minute: bytes']} bytes, {console['minute: clock']} of them the clock's, {console['minute: wake-ups']} wake-ups, {console['minute: processor'] * 1000:.1f} ms of a processor"],
        [f"{count(console['rows'])} sessions loaded", f"{megabytes(console['resident'])} resident, {megabytes(console['proportional'])} proportional, {count(console['bytes a row'])} bytes a session"],
        [f"{count(console['window rows'])} of 1,000,000 sessions paged through", f"{console['window requests']} requests, {megabytes(console['window resident'])} resident"],
    ]
    return table(["", "measured"], rows)


def over_ssh(figures):
    rows = []
    for name, of in figures.items():
        cells = [f"{count(median(s.sizes))} in {median(s.seconds) * 1000:.0f} ms" for s in of.keys.values()]
        rows.append([name, milliseconds(of.frame), milliseconds(of.data), *cells])
    return table(["over SSH, 100 ms round trip", "first full screen", "with data", "cursor down: bytes on the wire", "scroll a line", "page down"], rows)


# The machine

def machine():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    cores = subprocess.run(["nproc"], capture_output=True, text=True).stdout.strip()
    return f"{model[1] if model else platform.machine()}, {cores} cores, {system}, Linux {platform.release().split('-')[0]}"


def versions(place, programs):
    """The names and versions of the measured programs."""
    found = []
    for program in programs:
        if program.name.startswith("floor"):
            continue
        output = subprocess.run([program.command[0], "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL, env=place.environment)
        number = re.search(r"\d+(\.\d+)+", output.stdout + output.stderr)
        found.append(f"{program.name} {number[0] if number else ''}".strip())
    return ", ".join(found)
