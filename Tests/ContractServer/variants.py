"""What the contract leaves open or describes in two ways: one option each.

The defaults are the forms that are documented first. An option that the mock server has too is written as there.
"""

import argparse


def rate(text):
    """`none`, `documented` or RATE:BURST; a pair of numbers, or None."""
    if text == "none":
        return None
    if text == "documented":
        return (30.0, 60.0)
    try:
        a_second, burst = (float(part) for part in text.split(":"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not none, documented or RATE:BURST")
    if a_second <= 0 or burst < 1:
        raise argparse.ArgumentTypeError("a rate is positive, a burst at least 1")
    return (a_second, burst)


def permissions(text):
    """Comma separated; `none` is an empty list, `untold` leaves the field out (None)."""
    if text == "untold":
        return None
    return [] if text == "none" else [part.strip() for part in text.split(",") if part.strip()]


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="server.py", description="A small Masker server, written from the text of the contract.", allow_abbrev=False)
    add = parser.add_argument
    add("--port", type=int, default=0, help="0 lets the system choose")
    add("--until-input-ends", action="store_true", help="end when standard input does")

    data = parser.add_argument_group("data")
    add = data.add_argument
    add("--seed", type=int, default=1)
    add("--agents", type=int, default=8)
    add("--sessions", type=int, default=300)
    add("--cookie", help="of the account's admin, ada")
    add("--member-cookie", help="of grace, who is no admin")

    login = parser.add_argument_group("login session and user")
    add = login.add_argument
    add("--rotate", choices=["never", "always", "silent"], default="never",
        help="never: each answer renews the same value; always: a new value each time; silent: no Set-Cookie, the session slides all the same")
    add("--logout-dead", choices=["204", "401"], default="204", help="logging out of a session that is over")
    add("--me", default="documented",
        choices=["documented", "role", "auth-me", "auth-me-page", "minimal", "missing", "forbidden"])
    add("--permissions", type=permissions, default="agents:read,agents:write,sessions:read,reports:read", metavar="LIST|none|untold",
        help="of users that are no admins")

    forms = parser.add_argument_group("forms of answers")
    add = forms.add_argument
    add("--error-envelope", choices=["inside", "beside", "header", "page", "empty"], default="inside",
        help="where an error has its request id; or no JSON at all, as from something in between")
    add("--timestamps", choices=["plain", "fractions", "mixed"], default="plain")
    add("--last-page", choices=["null", "absent"], default="null", help="next_cursor on the last page")
    add("--detail", choices=["documented", "sparse"], default="documented", help="sparse: a session's detail is its id alone")
    add("--span", choices=["characters", "bytes"], default="characters")
    add("--regex-confidence", choices=["absent", "present"], default="absent")

    reports = parser.add_argument_group("reports")
    add = reports.add_argument
    add("--report-root", choices=["merkle", "audit", "both", "none"], default="merkle")
    add("--coverage", choices=["documented", "text", "absent"], default="documented")
    add("--default-report-format", choices=["json", "pdf"], default="pdf")
    add("--policy-drift", action="store_true", help="the snapshot has a later version than the session")
    add("--signature", action="store_true", help="the report is signed")
    add("--audit-broken", action="store_true", help="the audit chain does not verify: no report is made")

    service = parser.add_argument_group("service")
    add = service.add_argument
    add("--health", choices=["ok", "degraded", "flat", "flat-degraded"], default="ok")
    add("--rate-limit", type=rate, default=None, metavar="none|documented|RATE:BURST")
    add("--daily-limit", type=int, metavar="N")
    add("--public-url", metavar="URL", help="what proxy and webhook URLs are built from")
    add("--webhook-secret", default="contract-secret", metavar="TEXT", help="empty: no secret is configured")
    add("--upstream", choices=["ok", "error", "timeout"], default="ok", help="the LLM behind the proxy")
    add("--reload", default="ok", choices=["ok", "forbidden", "missing", "unknown_kid", "invalid_pass", "missing_entity"],
        help="how reading the policy file anew ends")
    return parser.parse_args(arguments)
