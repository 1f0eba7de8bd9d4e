"""Reads a terminal's screen, as `tmux capture-pane -p -e` prints it, from standard input, and draws it into the given PNG file."""
import re
import sys
import unicodedata

from PIL import Image, ImageDraw, ImageFont

FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono%s.ttf"
SIZE, WIDTH, HEIGHT, MARGIN = 20, 12, 25, 24
FOREGROUND, BACKGROUND = (216, 222, 233), (22, 26, 33)
BLOCKS, SHADES = "▁▂▃▄▅▆▇", {"░": 1, "▒": 2, "▓": 3}
PALETTE = [
    (59, 66, 82), (224, 108, 117), (152, 195, 121), (229, 192, 123), (97, 175, 239), (198, 120, 221), (86, 182, 194), (200, 204, 212),
    (118, 128, 145), (240, 138, 146), (176, 216, 146), (240, 211, 150), (130, 196, 250), (218, 150, 238), (120, 206, 216), (255, 255, 255),
]


def indexed(number):
    if number < 16:
        return PALETTE[number]
    if number >= 232:
        return (8 + 10 * (number - 232),) * 3
    number -= 16
    return tuple(0 if level == 0 else 55 + 40 * level for level in (number // 36, number // 6 % 6, number % 6))


class Style:
    def __init__(self):
        self.reset()

    def reset(self):
        self.foreground = self.background = None
        self.bold = self.dim = self.italic = self.underline = self.reverse = False

    def apply(self, parameters):
        codes = [int(code) if code else 0 for code in re.split("[;:]", parameters)]
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.reset()
            elif code in (1, 2, 3, 4, 7):
                setattr(self, {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse"}[code], True)
            elif code == 22:
                self.bold = self.dim = False
            elif code in (23, 24, 27):
                setattr(self, {23: "italic", 24: "underline", 27: "reverse"}[code], False)
            elif 30 <= code <= 37 or 90 <= code <= 97:
                self.foreground = PALETTE[code - 30 if code < 40 else code - 82]
            elif 40 <= code <= 47 or 100 <= code <= 107:
                self.background = PALETTE[code - 40 if code < 50 else code - 92]
            elif code in (38, 48):
                kind = codes.pop(0)
                colour = indexed(codes.pop(0)) if kind == 5 else tuple(codes.pop(0) for _ in range(3))
                setattr(self, "foreground" if code == 38 else "background", colour)
            elif code == 39:
                self.foreground = None
            elif code == 49:
                self.background = None

    def colours(self):
        foreground, background = self.foreground or FOREGROUND, self.background or BACKGROUND
        if self.dim:
            foreground = tuple((f * 11 + b * 9) // 20 for f, b in zip(foreground, background))
        return (background, foreground) if self.reverse else (foreground, background)


def cells(line, style):
    """Yields each character of a line with its column, its width and its style."""
    column = 0
    for token in re.finditer(r"\x1b\[([0-9;:]*)m|\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)|\x1b.|([^\x1b])", line):
        if token.group(1) is not None:
            style.apply(token.group(1))
        elif token.group(2):
            character = token.group(2)
            wide = unicodedata.east_asian_width(character) in "WF"
            yield character, column, 2 if wide else 1
            column += 2 if wide else 1


def width(line):
    return sum(size for _, _, size in cells(line, Style()))


def main():
    lines = sys.stdin.read().split("\n")[:-1]
    columns = max(map(width, lines))
    image = Image.new("RGB", (columns * WIDTH + 2 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN), BACKGROUND)
    draw = ImageDraw.Draw(image)
    regular, bold = (ImageFont.truetype(FONT % weight, SIZE) for weight in ("", "-Bold"))
    style = Style()
    for row, line in enumerate(lines):
        for character, column, size in cells(line, style):
            x, y = MARGIN + column * WIDTH, MARGIN + row * HEIGHT
            foreground, background = style.colours()
            if background != BACKGROUND:
                draw.rectangle((x, y, x + size * WIDTH - 1, y + HEIGHT - 1), fill=background)
            if character in "─━":
                draw.line((x, y + HEIGHT // 2, x + WIDTH - 1, y + HEIGHT // 2), fill=foreground)
            elif character == "│":
                draw.line((x + WIDTH // 2, y, x + WIDTH // 2, y + HEIGHT - 1), fill=foreground)
            elif character == "▌":
                draw.rectangle((x, y, x + WIDTH // 2 - 1, y + HEIGHT - 1), fill=foreground)
            elif character == "█":
                draw.rectangle((x, y, x + WIDTH - 1, y + HEIGHT - 1), fill=foreground)
            elif character in "▁▂▃▄▅▆▇":
                height = BLOCKS.index(character) + 1
                draw.rectangle((x, y + HEIGHT - HEIGHT * height // 8, x + WIDTH - 1, y + HEIGHT - 1), fill=foreground)
            elif character in SHADES:
                blend = tuple((f * SHADES[character] + b * (4 - SHADES[character])) // 4 for f, b in zip(foreground, background))
                draw.rectangle((x, y, x + WIDTH - 1, y + HEIGHT - 1), fill=blend)
            elif character == "■":
                draw.rectangle((x, y + HEIGHT // 4, x + WIDTH - 2, y + HEIGHT * 3 // 4), fill=foreground)
            elif character == "┤":
                draw.line((x + WIDTH // 2, y, x + WIDTH // 2, y + HEIGHT - 1), fill=foreground)
                draw.line((x, y + HEIGHT // 2, x + WIDTH // 2, y + HEIGHT // 2), fill=foreground)
            elif character in "╭╮╰╯┌┐└┘":
                middle = (x + WIDTH // 2, y + HEIGHT // 2)
                draw.line((middle, (x + WIDTH - 1 if character in "╭╰┌└" else x, middle[1])), fill=foreground)
                draw.line((middle, (middle[0], y + HEIGHT - 1 if character in "╭╮┌┐" else y)), fill=foreground)
            elif character != " ":
                draw.text((x, y + 1), character, font=bold if style.bold else regular, fill=foreground)
            if style.underline:
                draw.line((x, y + HEIGHT - 3, x + size * WIDTH - 1, y + HEIGHT - 3), fill=foreground)
    image.quantize(64).save(sys.argv[1], optimize=True)


main()
