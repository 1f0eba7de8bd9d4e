"""Draws the picture: the console beside the other programs, and as its data grows."""

from statistics import median

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

OWN, OTHER, FLOOR = "#2563eb", "#9ca3af", "#d1d5db"


def draw(path, peers, growth):
    figure, axes = pyplot.subplots(2, 3, figsize=(12, 6.4), dpi=110, layout="constrained")
    names = list(peers)
    colors = [OWN if name == "masker-tui" else FLOOR if name.startswith("floor") else OTHER for name in names]

    def bars(axis, title, values, unit):
        axis.barh(names, values, color=colors)
        axis.invert_yaxis()
        axis.set_xscale("log")
        axis.set_title(title, fontsize=10, loc="left")
        axis.set_xlim(min(values) / 2, max(values) * 6)
        for index, value in enumerate(values):
            axis.text(value * 1.1, index, f"{value:,.3g} {unit}" if value < 100 else f"{value:,.0f} {unit}", va="center", fontsize=8)
        axis.tick_params(labelsize=8)
        axis.set_xticks([])
        axis.minorticks_off()
        for side in ("top", "right", "bottom"):
            axis.spines[side].set_visible(False)

    bars(axes[0][0], "first full screen", [median(of.frame) * 1000 for of in peers.values()], "ms")
    bars(axes[0][1], "cursor down", [median(of.keys.down.sizes) for of in peers.values()], "bytes")
    bars(axes[0][2], "scroll a line", [median(of.keys.scroll.sizes) for of in peers.values()], "bytes")
    bars(axes[1][0], "page down", [median(of.keys.page.sizes) for of in peers.values()], "bytes")
    with_memory = {name: of for name, of in peers.items() if of.resident}
    names = list(with_memory)
    colors = [OWN if name == "masker-tui" else FLOOR if name.startswith("floor") else OTHER for name in names]
    bars(axes[1][1], "resident memory, 100,000 rows", [of.resident / 1e6 for of in with_memory.values()], "MB")
    _growth(axes[1][2], growth)
    figure.savefig(path, metadata={"Software": None})


def _growth(axis, growth):
    sizes = list(growth)
    series = {
        "first frame, ms": [median(of.frame) * 1000 for of in growth.values()],
        "first data, ms": [median(of.data) * 1000 for of in growth.values()],
        "cursor down, bytes": [median(of.keys.down.sizes) for of in growth.values()],
        "cursor down, ms": [median(of.keys.down.seconds) * 1000 for of in growth.values()],
    }
    for name, values in series.items():
        axis.plot(sizes, values, marker="o", markersize=3, label=name)
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.set_ylim(0.05, 1_000)
    axis.set_title("masker-tui as the server has more sessions", fontsize=10, loc="left")
    axis.legend(fontsize=7, frameon=False, ncols=2)
    axis.tick_params(labelsize=8)
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)
