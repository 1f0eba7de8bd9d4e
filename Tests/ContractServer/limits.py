"""Rate limits of an account: a budget a second, and one a day."""

import math
import time

from basics import ApiError


class Bucket:
    def __init__(self, a_second, burst):
        self.a_second, self.burst = a_second, burst
        self.left, self.since = burst, time.monotonic()

    def take(self):
        """Raises 429 when there is nothing left."""
        now = time.monotonic()
        self.left, self.since = min(self.burst, self.left + (now - self.since) * self.a_second), now
        if self.left < 1:
            raise refused((1 - self.left) / self.a_second)
        self.left -= 1


class Limits:
    """Of the API; the proxy and the webhook have a wider one of their own."""

    def __init__(self, variants):
        rate = variants.rate_limit
        self.api = Bucket(*rate) if rate else None
        self.calls = Bucket(rate[0] * 10 / 3, rate[1] * 10 / 3) if rate else None
        self.left_today = variants.daily_limit

    def take_api(self):
        if self.left_today is not None:
            if self.left_today == 0:
                raise refused(6 * 3600, "The account's limit of a day is reached.")
            self.left_today -= 1
        if self.api:
            self.api.take()

    def take_call(self):
        if self.calls:
            self.calls.take()


def refused(seconds, message="Too many requests."):
    return ApiError(429, "rate_limited", message, headers=[("Retry-After", str(max(1, math.ceil(seconds))))])
