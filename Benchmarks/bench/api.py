"""The API layer alone: reading JSON, reading a list to its end, the memory of a row, the size of the program.

Run alone with `Benchmarks/run --only-api`.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .place import ROOT, Place
from .service import COOKIE, Service
from .terminal import say

SOURCES = ROOT / "Benchmarks" / "api"
PYTHONS_READERS = ("json", "orjson")


@dataclass
class Tools:
    """The measuring programs, and the recorded pages."""

    benchmark: Path
    drain: Path
    replay: Path
    pages: Path
    targets: Path


def measure(place, rounds):
    tools = _tools(place)
    with Service(place) as service:
        say("recording the pages of 100,000 sessions")
        _record(service.origin, tools)
        decoding = _decode(tools, rounds)
        draining = {"the mock server": _drain(service.origin, tools, max(rounds // 3, 3))}
    with _Replay(tools) as origin:
        draining["a server that costs nothing"] = _drain(origin, tools, rounds)
    return {"decode": decoding, "drain": draining, "rows": _figures([tools.benchmark, "rows", tools.pages]), "size": _stripped(place)}


def recorded(place):
    """The path of the pages of 100,000 sessions, which `measure` records."""
    return place.folder / "pages.bin"


def _tools(place):
    folder = place.folder
    for name, libraries in (("drain", ["-lcurl"]), ("replay", ["-lpthread"])):
        subprocess.run(["cc", "-O2", "-o", folder / name, SOURCES / f"{name}.c", *libraries], check=True)
    return Tools(folder / "api" / "release" / "benchmark", folder / "drain", folder / "replay", recorded(place), folder / "targets")


def _record(origin, tools):
    """Records every page of the list of sessions from the mock server, and the address of each."""
    cursor = None
    with open(tools.pages, "wb") as pages, open(tools.targets, "w") as targets:
        while True:
            query = {"limit": 100, **({"cursor": cursor} if cursor else {}), "since": "30d"}
            target = "/api/v1/sessions?" + urllib.parse.urlencode(query)
            request = urllib.request.Request(origin + target, headers={"Cookie": f"masker_session={COOKIE}"})
            with urllib.request.urlopen(request) as answer:
                body = answer.read()
            targets.write(target + "\n")
            pages.write(b"%d\n" % len(body) + body)
            cursor = json.loads(body)["next_cursor"]
            if not cursor:
                return


def _figures(command):
    """Reads the output of a benchmark: a name and a number on each line."""
    output = subprocess.run(command, capture_output=True, text=True)
    if output.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {output.stderr.strip()}")
    return {name: float(number) for name, number in (line.split() for line in output.stdout.splitlines())}


# Reading JSON

def _decode(tools, rounds):
    """Megabytes per second of each reader: the fastest round. The readers take turns."""
    say("reading JSON")
    readers = {f"Python's {name}": lambda name=name: _in_python(name, tools) for name in PYTHONS_READERS}
    for name, title in (("tree", "MaskerAPI, to a tree"), ("by-tree", "MaskerAPI, to sessions by way of a tree"), ("records", "MaskerAPI, to sessions")):
        readers[title] = lambda name=name: _in_swift(name, tools)
    best = {name: 0 for name in readers}
    for _ in range(max(rounds // 3, 3)):
        for name, reader in readers.items():
            best[name] = max(best[name], reader())
    return best


def _in_swift(name, tools):
    figures = _figures([tools.benchmark, "decode", tools.pages, name])
    return figures["bytes"] / figures[name] / 1e6


def _in_python(name, tools):
    program = f"""
import time, {name}
data = open({str(tools.pages)!r}, "rb").read()
pages, at = [], 0
while at < len(data):
    line = data.index(b"\\n", at)
    end = line + 1 + int(data[at:line])
    pages.append(data[line + 1:end])
    at = end
best = float("inf")
for _ in range(9):
    start = time.perf_counter()
    for page in pages:
        {name}.loads(page)
    best = min(best, time.perf_counter() - start)
print(sum(map(len, pages)) / best / 1e6)
"""
    return float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)


# Reading a list to its end

def _drain(origin, tools, rounds):
    """Seconds for all pages over one connection: libcurl alone, and the client with a login session in memory and in a file."""
    say(f"reading 1,000 pages from {origin}")
    samples = {
        "libcurl in C, nothing decoded": [], "MaskerClient": [], "MaskerClient, login session in a file": [], "MaskerClient, page by page": []}
    with tempfile.TemporaryDirectory() as folder:
        _store(origin, Path(folder))
        for turn in range(rounds + 1):
            floor = subprocess.run([tools.drain, origin, COOKIE, tools.targets], check=True, capture_output=True, text=True)
            found = [float(floor.stdout.split()[0])]
            for way, options in (("drain", ()), ("drain", (folder,)), ("pages", ())):
                found.append(_figures([tools.benchmark, way, origin, COOKIE, *options])["seconds"])
            if turn > 0:
                for seconds, value in zip(samples.values(), found):
                    seconds.append(value)
    return samples


def _store(origin, folder):
    os.chmod(folder, 0o700)
    path = folder / f"session-{origin.split('//')[1].replace(':', '_')}.json"
    moment = "2026-05-03T21:14:32Z"
    path.write_text(json.dumps({"host": origin, "value": COOKIE, "obtained_at": moment, "generation": 1, "sent_at": moment}))
    os.chmod(path, 0o600)


class _Replay:
    """Starts a server that only sends the recorded pages."""

    def __init__(self, tools):
        self._process = subprocess.Popen([tools.replay, tools.pages], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        return self._process.stdout.readline().strip()

    def __exit__(self, *_):
        self._process.stdin.close()
        self._process.wait()


def _stripped(place):
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "masker-tui"
        shutil.copy(place.console, copy)
        subprocess.run(["strip", copy], check=True)
        return copy.stat().st_size


# The tables

def tables(figures):
    from .results import count, megabytes, milliseconds, table, times

    decoding, rows = figures["decode"], figures["rows"]
    reference = decoding["Python's orjson"]
    parts = ["Reading the same 1,000 pages of 100 sessions:", table(
        ["reader", "MB/s", "to orjson"], [[name, count(speed), times(speed, reference)] for name, speed in decoding.items()])]
    for server, samples in figures["drain"].items():
        floor = median(next(iter(samples.values())))
        parts += [f"Reading them to the end from {server}, one connection:", table(
            ["client", "median", "to the floor"], [[name, milliseconds(seconds), times(median(seconds), floor)] for name, seconds in samples.items()])]
    drained = figures["drain"]["the mock server"]
    ratio = median(drained["MaskerClient"]) / median(drained["libcurl in C, nothing decoded"])
    goals = [
        ["reading 1,000 pages from the mock ≤ 1.5× libcurl alone", f"{ratio:.2f}×", ratio <= 1.5],
        ["a session in memory ≤ 300 bytes", count(rows["resident"]), rows["resident"] <= 300],
        ["stripped static binary ≤ 15 MB", megabytes(figures["size"]), figures["size"] <= 15e6]]
    parts.append(table(["goal", "measured", ""], [[goal, text, "holds" if holds else "**misses**"] for goal, text, holds in goals]))
    return "\n\n".join(parts)


def main():
    parser = argparse.ArgumentParser(prog="bench.api")
    parser.add_argument("--programs", type=Path, default=ROOT / ".build" / "release", help="where masker-tui and masker-mock are")
    parser.add_argument("--rounds", type=int, default=9, help="how often each is measured")
    options = parser.parse_args()
    print(tables(measure(Place.make(options.programs.resolve()), options.rounds)))


if __name__ == "__main__":
    main()
