"""Every path of the contract, and who may ask."""

import account
import agents
import outside
import policy
import reports
import sessions
from basics import Answer, ApiError

LOGIN, OPEN, CALL, CONTROL = "login session", "nobody", "other systems", "tests"

ROUTES = [
    ("GET", "/health", OPEN, outside.health),
    ("GET", "/portal/login", OPEN, account.sign_in_page),
    ("GET", "/api/v1/auth/github", OPEN, account.begin),
    ("GET", "/api/v1/auth/github/callback", OPEN, account.callback),
    ("POST", "/api/v1/auth/logout", OPEN, account.log_out),
    ("GET", "/api/v1/me", LOGIN, account.me),
    ("GET", "/api/v1/agents", LOGIN, agents.index),
    ("POST", "/api/v1/agents", LOGIN, agents.create),
    ("GET", "/api/v1/agents/{id}", LOGIN, agents.show),
    ("DELETE", "/api/v1/agents/{id}", LOGIN, agents.delete),
    ("GET", "/api/v1/agents/{id}/sessions", LOGIN, sessions.of_agent),
    ("GET", "/api/v1/sessions", LOGIN, sessions.index),
    ("GET", "/api/v1/sessions/{id}", LOGIN, sessions.show),
    ("GET", "/api/v1/sessions/{id}/report", LOGIN, reports.show),
    ("POST", "/api/v1/admin/policy/reload", LOGIN, policy.reload),
    ("POST", "/proxy/{id}/v1/chat/completions", CALL, outside.completion),
    ("POST", "/vapi/webhook/{id}", CALL, outside.webhook),
    # Not of the contract: what tests look at and do.
    ("GET", "/__mock/audit", CONTROL, lambda service, request: Answer(body=service.account.audit)),
    ("GET", "/__mock/requests", CONTROL, lambda service, request: Answer(body=service.seen)),
    ("DELETE", "/__mock/requests", CONTROL, lambda service, request: forget(service)),
    ("GET", "/__mock/users/{login}/cookie", CONTROL, lambda service, request: Answer(
        body={"cookie": service.account.cookie_of(request.values["login"])})),
    ("POST", "/__mock/users/{login}/revoke", CONTROL, lambda service, request: revoke(service, request)),
]
# Only some servers have it.
EARLIER = ("GET", "/api/v1/auth/me", LOGIN, account.earlier_me)


def forget(service):
    service.seen.clear()
    return Answer(204)


def revoke(service, request):
    service.account.end_all(request.values["login"])
    return Answer(204)


def find(service, method, segments):
    """What answers, who may ask, and the values in the path. Our own: 405 for a known path's other methods."""
    routes = ROUTES + ([EARLIER] if service.variants.me in ("auth-me", "auth-me-page") else [])
    allowed = []
    for known, template, access, handler in routes:
        values = match(template.split("/")[1:], segments)
        if values is None:
            continue
        if known == method:
            return handler, access, values
        allowed.append(known)
    if allowed:
        raise ApiError(405, "method_not_allowed", "There is no such method here.", headers=[("Allow", ", ".join(allowed))])
    raise ApiError(404, "not_found", "There is nothing here.")


def match(template, segments):
    if len(template) != len(segments):
        return None
    values = {}
    for part, segment in zip(template, segments):
        if part.startswith("{"):
            if segment == "":
                return None
            values[part[1:-1]] = segment
        elif part != segment:
            return None
    return values
