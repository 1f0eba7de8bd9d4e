"""Pages: limits, cursors and windows of time."""

import base64
import binascii
import re
import time

from basics import Answer, Timestamps, invalid

UNITS = {"m": 60, "h": 3600, "d": 86_400}
RETENTION = 90 * 86_400


def page(service, request, rows, record):
    """One page of `rows`, which are newest first. `record` writes one of them."""
    limit = whole(request, "limit", 1, 100, 25)
    rows = after(rows, request.one("cursor"))
    body = {"data": [record(row) for row in rows[:limit]]}
    if len(rows) > limit:
        body["next_cursor"] = cursor(rows[limit - 1].id)
    elif service.variants.last_page == "null":
        body["next_cursor"] = None
    return Answer(body=body)


def cursor(identifier):
    """Opaque; with characters that a query must encode."""
    text = base64.b64encode(f"{identifier}?>".encode()).decode()
    return text + "+/="


def after(rows, text):
    """What comes after the row that a cursor names, also when that one is gone meanwhile: identifiers are in order of time."""
    if text is None:
        return rows
    try:
        name = base64.b64decode(text.removesuffix("+/="), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise invalid("cursor", "it is none of this server's")
    match = re.fullmatch(r"(?:agt|sess)_([0-9A-Z]{26})\?>", name)
    if not text.endswith("+/=") or not match:
        raise invalid("cursor", "it is none of this server's")
    return [row for row in rows if row.id.split("_")[1] < match[1]]


def whole(request, name, least, most, default):
    text = request.one(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,30}", text) or not least <= int(text) <= most:
        raise invalid(name, f"a whole number from {least} to {most} is expected")
    return int(text)


def since(request):
    """The moment from which on sessions are wanted."""
    text = request.one("since")
    if text is None:
        text = "24h"
    match = re.fullmatch(r"([1-9][0-9]{0,4})([mhd])", text)
    moment = time.time() - int(match[1]) * UNITS[match[2]] if match else Timestamps.read(text)
    if moment is None:
        raise invalid("since", "a duration such as 24h, or an ISO 8601 timestamp, is expected")
    return max(moment, time.time() - RETENTION)


def status(request):
    text = request.one("status")
    if text not in (None, "ok", "error", "partial"):
        raise invalid("status", "ok, error or partial is expected")
    return text
