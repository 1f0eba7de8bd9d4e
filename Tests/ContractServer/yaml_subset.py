"""Reads the part of YAML that policies are written in: the standard library has none.

Block mappings, block sequences of scalars, flow sequences and mappings of scalars, quoted and plain scalars, comments.
Anchors, tags, several documents and long strings are refused.
"""

import re


class Unreadable(Exception):
    def __init__(self, line, reason):
        super().__init__(f"line {line}: {reason}")
        self.line, self.reason = line, reason


def read(text):
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        line = without_comment(line).rstrip()
        if not line.strip() or number == 1 and line == "---":
            continue
        content = line.lstrip(" ")
        if content.startswith("\t"):
            raise Unreadable(number, "a tab is no indentation")
        lines.append((len(line) - len(content), content, number))
    if not lines:
        return None
    value, rest = block(lines, lines[0][0])
    if rest:
        raise Unreadable(rest[0][2], "this is not where it belongs")
    return value


def without_comment(line):
    quote = None
    for index, character in enumerate(line):
        if quote:
            quote = None if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == "#" and (index == 0 or line[index - 1] in " \t"):
            return line[:index]
    return line


def block(lines, indent):
    """The value that begins here, and the lines behind it."""
    is_list = lines[0][1] == "-" or lines[0][1].startswith("- ")
    if not is_list and split_key(lines[0]) is None:
        if len(lines) > 1 and lines[1][0] >= indent:
            raise Unreadable(lines[0][2], "a key and a colon are expected")
        return scalar(lines[0][1], lines[0][2]), lines[1:]
    value = [] if is_list else {}
    while lines and lines[0][0] == indent:
        (_, content, number), lines = lines[0], lines[1:]
        if is_list:
            if not content.startswith("- "):
                raise Unreadable(number, "an item of the list is expected")
            value.append(scalar(content[2:].strip(), number))
            continue
        pair = split_key((indent, content, number))
        if pair is None:
            raise Unreadable(number, "a key and a colon are expected")
        key, rest = pair
        if key in value:
            raise Unreadable(number, f"{key} is there twice")
        if rest:
            value[key] = scalar(rest, number)
            continue
        # A list may stand right below its key.
        is_deeper = lines and (lines[0][0] > indent or lines[0][0] == indent and lines[0][1].startswith("- "))
        value[key], lines = block(lines, lines[0][0]) if is_deeper else (None, lines)
    if lines and lines[0][0] > indent:
        raise Unreadable(lines[0][2], "it is indented too far")
    return value, lines


def split_key(line):
    match = re.match(r"""('[^']*'|"[^"]*"|[^\s'"\[\]{},:&*!|>%@`-][^:]*?)\s*:(?:\s+(.*))?$""", line[1])
    return match and (match[1].strip("'\""), (match[2] or "").strip())


def scalar(text, number):
    if text[:1] in ("[", "{"):
        return flow(text, number)
    if text[:1] in ("'", '"'):
        if len(text) < 2 or text[-1] != text[0]:
            raise Unreadable(number, "the quotation mark is not closed")
        return text[1:-1]
    if text[:1] in tuple("&*!|>%@`]},"):
        raise Unreadable(number, f"“{text[0]}” is not read here")
    if re.search(r":(\s|$)", text):
        raise Unreadable(number, "there is a colon too many")
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"[-+]?[0-9]{1,18}", text):
        return int(text)
    if re.fullmatch(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?", text):
        return float(text)
    return text


def flow(text, number):
    closing = {"[": "]", "{": "}"}[text[0]]
    if len(text) < 2 or text[-1] != closing or any(c in "[]{}" for c in text[1:-1]):
        raise Unreadable(number, f"“{closing}” is expected at the end, and nothing nested")
    parts = [part.strip() for part in text[1:-1].split(",")]
    parts = parts[:-1] if parts[-1] == "" else parts
    if text[0] == "[":
        return [scalar(part, number) for part in parts]
    value = {}
    for part in parts:
        pair = split_key((0, part, number))
        if pair is None:
            raise Unreadable(number, "a key and a colon are expected")
        value[pair[0]] = scalar(pair[1], number)
    return value
