"""Builds the programs, and counts their instructions with callgrind."""

import ctypes
import fcntl
import os
import platform
import pty
import re
import select
import shutil
import struct
import subprocess
import tempfile
import termios
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = (100, 10_000)
LIMIT = 600
# glibc has several functions to copy or compare bytes, and chooses by the processor. With these features off, all machines use
# the same ones.
FEATURES = (
    "AVX,AVX2,AVX512F,AVX512BW,AVX512VL,AVX_Fast_Unaligned_Load,BMI1,BMI2,ERMS,F16C,FMA,FMA4,FSRM,LZCNT,MOVBE,POPCNT,RTM,"
    "SSE3,SSSE3,SSE4_1,SSE4_2,XSAVE,XSAVEC,Fast_Unaligned_Copy,Fast_Unaligned_Load,Slow_BSF,Prefer_No_VZEROUPPER")
TUNABLES = ":".join((
    "glibc.cpu.hwcaps=" + ",".join("-" + feature for feature in FEATURES.split(",")), "glibc.cpu.x86_data_cache_size=0x8000",
    "glibc.cpu.x86_shared_cache_size=0x100000", "glibc.cpu.x86_non_temporal_threshold=0xc0000"))
# The same on every machine, because the program reads all variables. Without the last one, the order of Swift's dictionaries
# differs between processes.
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC",
    "MASKER_URL": "http://localhost:1", "GLIBC_TUNABLES": TUNABLES, "SWIFT_DETERMINISTIC_HASHING": "1",
}
END_OF_FRAME = b"\x1b[?2026l"


def build():
    release = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--disable-local-rpath"]
    subprocess.run([*release, "--product", "masker-tui"], cwd=ROOT, check=True)
    package = ["--package-path", "Benchmarks/console", "--scratch-path", "Benchmarks/.work/console"]
    subprocess.run([*release, *package, "--product", "measure-steps"], cwd=ROOT, check=True)


def built_with():
    """The tools and libraries that the figures depend on, beside the code."""
    version = subprocess.run(["swift", "--version"], capture_output=True, text=True, check=True).stdout
    ncurses = ctypes.CDLL("libncursesw.so.6").curses_version
    ncurses.restype = ctypes.c_char_p
    swift = re.search(r"Swift version (\S+)", version)[1]
    return f"Swift {swift}, {platform.machine()}, {os.confstr('CS_GNU_LIBC_VERSION')}, {ncurses().decode()}"


def measure():
    """The figures by name; each has numbers by unit."""
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(os.cpu_count()) as pool:
        folder = Path(name)
        console = stripped(ROOT / ".build/release/masker-tui", folder)
        program = stripped(ROOT / "Benchmarks/.work/console/release/measure-steps", folder)
        stepping = [pool.submit(measure_steps, program, rows, folder) for rows in ROWS]
        measured = {"binary": {"bytes": console.stat().st_size}, "start": measure_start(console, folder)}
        for steps in stepping:
            measured.update(steps.result())
        return measured


def stripped(program, folder):
    """A copy without debugging information, as it is installed. callgrind cannot read that information."""
    path = folder / program.name
    shutil.copy(program, path)
    subprocess.run(["strip", path], check=True)
    return path


def counted(output, *options):
    return ["valgrind", "-q", "--tool=callgrind", f"--callgrind-out-file={output}", *options]


def total(path):
    return int(re.search(r"^totals: (\d+)$", path.read_text(), re.M)[1])


def measure_steps(program, rows, folder):
    """The figures of each step of measure-steps, per key."""
    output = folder / f"steps-{rows}"
    command = counted(output, "--instr-atstart=no", "--collect-atstart=no")
    done = subprocess.run([*command, program, str(rows)], env=ENVIRONMENT, capture_output=True, text=True, timeout=LIMIT)
    if done.returncode != 0:
        raise RuntimeError(f"measure-steps {rows}: status {done.returncode}\n{done.stderr}")
    measured = {}
    for number, line in enumerate(done.stdout.splitlines(), 1):
        name, keys, written = line.split("\t")
        instructions = total(output.with_name(f"{output.name}.{number}"))
        measured[f"{name}, {rows:,} rows"] = {"instructions": instructions // int(keys), "bytes": int(written) // int(keys)}
    return measured


def measure_start(program, folder):
    """Runs the release build without a login session: start, first frame, end. Counts only the main thread: the work of the
    other threads depends on time."""
    output = folder / "start"
    terminal, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    console = subprocess.Popen(
        [*counted(output, "--separate-threads=yes"), program], env=ENVIRONMENT, stdin=other, stdout=other, stderr=other,
        start_new_session=True)
    os.close(other)
    try:
        written = read_until(terminal, lambda written: END_OF_FRAME in written)
        os.write(terminal, b"\x03")
        last = read_until(terminal, lambda _: False)
        if console.wait(LIMIT) != 0:
            raise RuntimeError(f"masker-tui: status {console.returncode}\n{(written + last).decode(errors='replace')}")
    finally:
        console.kill()
        os.close(terminal)
    frame = written.index(END_OF_FRAME) + len(END_OF_FRAME)
    return {"instructions": total(output.with_name("start-01")), "bytes": frame}


def read_until(terminal, is_enough):
    """Reads the output until there is enough of it, or until its end."""
    written, deadline = b"", time.monotonic() + LIMIT
    while not is_enough(written):
        if not select.select([terminal], [], [], max(deadline - time.monotonic(), 0))[0]:
            raise RuntimeError(f"masker-tui: not done within {LIMIT} s\n{written.decode(errors='replace')}")
        try:
            data = os.read(terminal, 1 << 16)
        except OSError:
            return written
        if not data:
            return written
        written += data
    return written
