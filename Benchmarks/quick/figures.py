"""The stored figures, and how they are compared with new ones."""

from pathlib import Path

PATH = Path(__file__).with_name("figures.tsv")
# In percent. Smaller differences can come from the compiler, or from one more line on a screen.
TOLERANCE = 5
UNITS = ("instructions", "bytes")
HEAD = "\t".join(("figure", *UNITS))


def write(measured, built_with, reason):
    lines = [
        "# Written by `make bench-quick RECORD=1 REASON=…`; see docs/performance.md.", f"# recorded with: {built_with}",
        f"# reason: {reason}", HEAD]
    for name, values in measured.items():
        lines.append("\t".join([name, *(str(values.get(unit, "-")) for unit in UNITS)]))
    PATH.write_text("\n".join(lines) + "\n")


def read():
    """The tools that the stored figures were recorded with, and the figures."""
    built_with, stored = "", {}
    for line in PATH.read_text().splitlines():
        if line.startswith("# recorded with: "):
            built_with = line.removeprefix("# recorded with: ")
        if line.startswith("#") or line == HEAD:
            continue
        name, *values = line.split("\t")
        stored[name] = {unit: int(value) for unit, value in zip(UNITS, values) if value != "-"}
    return built_with, stored


def compare(measured, built_with):
    """Prints each figure. Returns the exit status: 1 if a figure is worse, or is not both stored and measured."""
    recorded_with, stored = read()
    is_comparable = built_with == recorded_with
    worse = missing = 0
    print(f"{'':46}{'stored':>12}{'now':>12}")
    for name in {**stored, **measured}:
        for unit in UNITS:
            before, now = stored.get(name, {}).get(unit), measured.get(name, {}).get(unit)
            if before is None and now is None:
                continue
            label = f"{name}, {unit}"
            if before is None or now is None:
                missing += 1
                print(f"{label:46}{number(before):>12}{number(now):>12}  only one of the two")
                continue
            percent = 100 * (now - before) / before
            verdict = ""
            if is_comparable and abs(percent) > TOLERANCE:
                verdict = "  WORSE" if percent > 0 else "  better"
                worse += percent > 0
            print(f"{label:46}{number(before):>12}{number(now):>12}{percent:+8.1f} %{verdict}")
    if not is_comparable:
        print(f"bench-quick: no comparison: this is {built_with}, but the figures were recorded with {recorded_with}")
        return 0
    if worse or missing:
        print(f"bench-quick: {worse} worse by more than {TOLERANCE} %, {missing} only stored or only measured; if this is intended: "
              'make bench-quick RECORD=1 REASON="why"')
        return 1
    print(f"bench-quick: none is worse by more than {TOLERANCE} %")
    return 0


def number(value):
    return "-" if value is None else f"{value:,}"
