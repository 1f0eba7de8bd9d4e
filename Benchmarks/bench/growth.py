"""Whether the console is slower when the server has more sessions."""

from . import keys
from .peers import Figures
from .programs import PAGE_DOWN
from .service import Service, show_sessions
from .terminal import say

SIZES = (100, 10_000, 1_000_000)


def measure(place, rounds):
    """For each number of sessions on the server: times of the first frame and the first data, and the costs of keys."""
    figures = {size: Figures() for size in SIZES}
    services = {size: Service(place, sessions=size, agents=min(size, 50)) for size in SIZES}
    try:
        for turn in range(rounds + 1):
            say(f"as it grows, round {turn} of {rounds}")
            for size, service in services.items():
                _start(place, service, figures[size] if turn > 0 else Figures(), with_keys=turn % 5 == 1)
    finally:
        for service in services.values():
            service.__exit__()
    return figures


def _start(place, service, figures, with_keys):
    program = service.console()
    with place.start(program) as terminal:
        seen = terminal.milestones({"frame": program.has_frame, "data": program.has_data})
        figures.frame.append(seen["frame"])
        figures.data.append(seen["data"])
        if with_keys:
            show_sessions(terminal, program)
            # 100 sessions have no more pages than this.
            keys.measure(terminal, program, figures.keys, PAGE_DOWN, pages=2)
