"""From the start of the console to agents and sessions on the screen, compared with the slowest curl of the same requests."""

import os
import time
import urllib.parse

from .service import COOKIE, Service
from .terminal import say

LATENCIES = (0, 50, 150)


def measure(place, rounds):
    """For each latency of the server, in milliseconds: samples of the console and of the slowest curl."""
    result = {}
    for latency in LATENCIES:
        say(f"first data, server latency {latency} ms")
        with Service(place, latency=latency) as service:
            targets = _first_requests(place, service)
            console, curl, frames = [], [], []
            for turn in range(rounds + 1):
                program = service.console()
                with place.start(program) as terminal:
                    seen = terminal.milestones({"frame": program.has_frame, "data": program.has_data})
                slowest = max(_curl(service.origin + target, place.environment) for target in targets)
                if turn > 0:
                    frames.append(seen["frame"])
                    console.append(seen["data"])
                    curl.append(slowest)
            result[latency] = {"console": console, "curl": curl, "frame": frames}
    return result


def _first_requests(place, service):
    """The addresses that the console requests at its start, from the server's record."""
    service.forget_requests()
    program = service.console()
    with place.start(program) as terminal:
        terminal.wait("agents and sessions", program.has_data)
    return [request["path"] + "?" + urllib.parse.urlencode(request.get("query") or {}) for request in service.requests()]


def _curl(url, environment):
    """The seconds from the start of curl to its end."""
    command = ["/usr/bin/curl", "-s", "--fail", "-o", "/dev/null", "-H", f"Cookie: masker_session={COOKIE}", url]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment)
    _, status = os.waitpid(process, 0)
    if status != 0:
        raise RuntimeError(f"curl did not get {url}")
    return time.perf_counter() - start
