"""Measures everything and writes the tables (`make bench`). Exits with 1 when a screen is not as expected."""

import argparse
import sys
from pathlib import Path

from . import api, console, firstdata, growth, peers, plot, programs, results, ssh, steps
from .place import ROOT, Place
from .service import Service, sample_rows, show_sessions
from .terminal import Failed


def main():
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--programs", type=Path, default=ROOT / ".build" / "release", help="where masker-tui and masker-mock are")
    parser.add_argument("--rounds", type=int, default=15, help="how often each start is measured")
    parser.add_argument("--output", type=Path, default=ROOT / "Benchmarks", help="where RESULTS.md and results.png go")
    options = parser.parse_args()
    try:
        measure(options)
    except Failed as failure:
        sys.exit(f"bench: {failure}")


def measure(options):
    place, rounds = Place.make(options.programs.resolve()), options.rounds
    with Service(place) as service, programs.Sleepers():
        own = service.console()
        with place.start(own) as terminal:
            show_sessions(terminal, own)
            screen, rows = sample_rows(terminal, own)
        floors = programs.floors(place.folder, screen, rows, own.first, own.last)
        all_programs = [*floors, own, *programs.peers(place.folder, place.python)]
        side_by_side = peers.measure(place, all_programs, rounds)
    first = firstdata.measure(place, rounds)
    figures = console.measure(place, floors[0])
    # There the console has loaded all rows.
    side_by_side["masker-tui"].resident = figures["resident"]
    growing = growth.measure(place, rounds)
    remote = ssh.measure(place, floors[0], max(rounds // 5, 1))
    layer = api.measure(place, rounds)
    step_times = steps.measure(place, api.recorded(place))
    versions = results.versions(place, all_programs)
    text = "\n\n".join([
        "# Results", f"Written by `make bench`: {results.machine()}. {versions}.",
        "A terminal of 100x30, `TERM=xterm-256color`; medians; in brackets the ratio to the floor, a table with ncurses alone from "
        "`floor.c` with the same text. Every program takes its turn in each round.",
        "![The same in a picture](results.png)",
        "## Beside other programs", results.beside_others(side_by_side),
        "## Goals", results.goals(side_by_side, first, figures, growing, step_times),
        "## First data", results.first_data(first),
        "## As the data grows", results.growing(growing),
        "## While it is busy", results.busy(figures),
        "## At rest, and memory", results.rest(figures),
        "## Over SSH", results.over_ssh(remote),
        "## The API layer", api.tables(layer),
        "## Step by step", steps.table(step_times),
    ]) + "\n"
    print(text)
    options.output.mkdir(parents=True, exist_ok=True)
    (options.output / "RESULTS.md").write_text(text)
    plot.draw(options.output / "results.png", side_by_side, growing)


main()
