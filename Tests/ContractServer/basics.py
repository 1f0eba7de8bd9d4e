"""Identifiers, moments, answers and errors: what everything else is said with."""

import datetime
import json
import random

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Identifiers:
    """ULIDs behind a prefix: 48 bits of the moment, 80 of chance."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def make(self, prefix, moment):
        number = int(moment * 1000) << 80 | self.chance.getrandbits(80)
        return prefix + "".join(DIGITS[number >> shift & 31] for shift in range(125, -1, -5))


class Timestamps:
    """ISO 8601 in UTC. `mixed`: every other one has fractional seconds, also within one object."""

    def __init__(self, form):
        self.form = form
        self.written = 0

    def write(self, moment):
        self.written += 1
        has_fraction = self.form == "fractions" or self.form == "mixed" and self.written % 2 == 0
        when = datetime.datetime.fromtimestamp(moment, datetime.timezone.utc)
        return when.strftime("%Y-%m-%dT%H:%M:%S") + (f".{when.microsecond // 1000:03}" if has_fraction else "") + "Z"

    @staticmethod
    def read(text):
        """The moment, or None for what is no timestamp."""
        if len(text) < 11 or "T" not in text:
            return None
        try:
            when = datetime.datetime.fromisoformat(text)
            return None if when.tzinfo is None else when.timestamp()
        except (ValueError, OverflowError):
            return None


class Answer:
    def __init__(self, status=200, body=None, headers=(), content=None, content_type="application/json"):
        self.status = status
        self.headers = list(headers)
        self.content_type = content_type
        self.content = content if content is not None else b"" if body is None else as_json(body)


class ApiError(Exception):
    """An answer of the contract's table of errors."""

    def __init__(self, status, code, message, details=None, headers=()):
        super().__init__(message)
        self.status, self.code, self.message, self.details, self.headers = status, code, message, details, headers


def as_json(value):
    return json.dumps(value, ensure_ascii=False).encode()


def invalid(field, reason):
    # OPEN in the contract: the shape of `details`.
    return ApiError(422, "validation_failed", f"{field}: {reason}", details={"field": field, "reason": reason})
