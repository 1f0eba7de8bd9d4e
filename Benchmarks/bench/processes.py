"""The kernel's figures of a program and its children: memory, wake-ups, processor time."""

import os
import time
from dataclasses import dataclass


def family(pid):
    """The process and all its descendants."""
    children = {}
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(parent, []).append(int(name))
    found = [pid]
    for parent in found:
        found += children.get(parent, [])
    return found


def _fields(path):
    fields = {}
    with open(path) as file:
        for line in file:
            name, _, value = line.partition(":")
            if value.split() and value.split()[0].isdigit():
                fields[name] = int(value.split()[0])
    return fields


def resident(pid):
    """Resident bytes."""
    return sum(_fields(f"/proc/{p}/status").get("VmRSS", 0) for p in family(pid)) * 1024


def proportional(pid):
    """Proportional set size in bytes: shared memory is divided among its users. None if the kernel does not permit reading it."""
    try:
        return sum(_fields(f"/proc/{p}/smaps_rollup").get("Pss", 0) for p in family(pid)) * 1024
    except PermissionError:
        return None


@dataclass
class Activity:
    """Wake-ups and processor time of all threads so far."""
    wakeups: int
    nanoseconds: int

    @staticmethod
    def of(pid):
        wakeups = nanoseconds = 0
        for process in family(pid):
            for thread in os.listdir(f"/proc/{process}/task"):
                task = f"/proc/{process}/task/{thread}"
                try:
                    # Each voluntary switch is a wait, which ended with a wake-up.
                    wakeups += _fields(task + "/status").get("voluntary_ctxt_switches", 0)
                    with open(task + "/schedstat") as file:
                        nanoseconds += int(file.read().split()[0])
                except (FileNotFoundError, ProcessLookupError):
                    continue
        return Activity(wakeups, nanoseconds)


def idle(pid, seconds, watch):
    """The activity of the program during these seconds without input."""
    before = Activity.of(pid)
    watch(seconds)
    after = Activity.of(pid)
    return Activity(after.wakeups - before.wakeups, after.nanoseconds - before.nanoseconds)
