"""A TCP relay in a separate process: counts the bytes in both directions, delays them, and limits the bytes per second.

Prints its port. Then reads numbers from standard input: each is the new limit in bytes per second from the server (0: no
limit). For each number prints the bytes passed on so far to the server and back.
"""

import asyncio
import subprocess
import sys
from pathlib import Path


class Relay:
    """Starts and controls the process."""

    def __init__(self, port, delay=0.0):
        """`delay` is in seconds, in each direction."""
        command = [sys.executable, "-m", "bench.relay", str(port), str(delay)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=Path(__file__).resolve().parents[1])
        self.port = int(self._process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()

    def counts(self, limit=0):
        """Sets the limit, and returns the bytes to the server and back."""
        self._process.stdin.write(f"{limit}\n")
        return tuple(int(number) for number in self._process.stdout.readline().split())


counted, limit = [0, 0], 0
SLICE = 64


async def pass_on(reader, writer, index, delay):
    """Passes pieces on in order, each after the delay. Reading continues meanwhile."""
    loop, waiting = asyncio.get_running_loop(), asyncio.Queue()

    async def deliver():
        while (item := await waiting.get()) is not None:
            due, data = item
            await asyncio.sleep(max(due - loop.time(), 0))
            while data:
                size = SLICE if limit and index == 1 else len(data)
                writer.write(data[:size])
                data = data[size:]
                await writer.drain()
                if limit and index == 1:
                    await asyncio.sleep(size / limit)
        writer.close()

    delivery = asyncio.create_task(deliver())
    try:
        while data := await reader.read(1 << 16):
            counted[index] += len(data)
            waiting.put_nowait((loop.time() + delay, data))
    except ConnectionError:
        pass
    waiting.put_nowait(None)
    try:
        await delivery
    except ConnectionError:
        pass


async def main(port, delay):
    global limit

    async def connected(reader, writer):
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pass_on(reader, far_writer, 0, delay), pass_on(far_reader, writer, 1, delay))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop, commands = asyncio.get_running_loop(), asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
    while line := await commands.readline():
        limit = int(line)
        print(*counted, flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), float(sys.argv[2])))
