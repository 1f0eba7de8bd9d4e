"""A terminal emulator: the screen after the bytes that a program has written."""

import pyte

REVERSE, BOLD = 1, 2


class _Screen(pyte.Screen):
    """pyte's screen with the two functions of xterm that ncurses uses and pyte lacks."""

    def scroll_up(self, count=1, **_):
        self._scroll(self.delete_lines, count)

    def scroll_down(self, count=1, **_):
        self._scroll(self.insert_lines, count)

    def _scroll(self, move, count):
        row, column = self.cursor.y, self.cursor.x
        self.cursor.y = self.margins.top if self.margins else 0
        move(count or 1)
        self.cursor.y, self.cursor.x = row, column

    def draw(self, data):
        super().draw(data)
        self.last_drawn = data[-1]

    def repeat(self, count=1, **_):
        self.draw(self.last_drawn * (count or 1))


class _Stream(pyte.ByteStream):
    csi = {**pyte.ByteStream.csi, "S": "scroll_up", "T": "scroll_down", "b": "repeat"}
    events = pyte.ByteStream.events | {"scroll_up", "scroll_down", "repeat"}


class Emulator:
    def __init__(self, columns, rows):
        self._screen = _Screen(columns, rows)
        self._stream = _Stream(self._screen)

    def feed(self, data):
        self._stream.feed(data)

    def lines(self):
        """The text of each row."""
        return [line.rstrip() for line in self._screen.display]

    def text(self):
        return "\n".join(self.lines())

    def backgrounds(self):
        """The background and reversal of the cells of each row, which show a bar across a row."""
        columns = range(self._screen.columns)
        return [tuple((row[c].bg, row[c].reverse) for c in columns) for row in self._rows()]

    def _rows(self):
        return [self._screen.buffer[y] for y in range(self._screen.lines)]
