"""Users, their login sessions and the audit log of one account."""

import secrets
import time

from basics import Answer, ApiError

LIFETIME = 2_592_000
CLEARED = "masker_session=; Max-Age=0; Path=/; HttpOnly; Secure"
OF_ADMINS = ["agents:read", "agents:write", "sessions:read", "reports:read", "billing:read"]


class User:
    def __init__(self, number, login, name, is_admin, identifiers, now):
        self.id = identifiers.make("usr_", now - 200 * 86_400)
        self.login, self.name, self.is_admin = login, name, is_admin
        self.github_id = 7_000 + number
        self.created, self.last_seen = now - 200 * 86_400, now


class Account:
    def __init__(self, variants, identifiers, now):
        self.variants = variants
        self.id = identifiers.make("acc_", now - 200 * 86_400)
        self.created = now - 200 * 86_400
        self.users = [User(1, "ada", "Ada Lovelace", True, identifiers, now), User(2, "grace", "Grace Hopper", False, identifiers, now)]
        # A cookie's value, its user and when it ends. What is dead is no longer in it.
        self.logins = {}
        # The states of sign-ins under way: where they lead, and since when.
        self.states = {}
        self.audit = []
        self.first_cookies = {}
        for user, value in zip(self.users, (variants.cookie, variants.member_cookie)):
            self.first_cookies[user.login] = self.sign_in(user, value)

    # Login sessions

    def sign_in(self, user, value=None):
        value = value or secrets.token_urlsafe(32)
        self.logins[value] = [user, time.time() + LIFETIME]
        return value

    def user_of(self, value):
        """Whose cookie it is; raises 401 where it is nobody's (any more)."""
        entry = self.logins.get(value)
        if entry is None or entry[1] <= time.time():
            self.logins.pop(value, None)
            raise ApiError(401, "unauthenticated", "There is no login session, or it is over.")
        return entry[0]

    def renew(self, value):
        """Slides the session. Returns the Set-Cookie that says so, or None."""
        entry = self.logins.get(value)
        if entry is None:
            return None
        entry[1] = time.time() + LIFETIME
        entry[0].last_seen = time.time()
        if self.variants.rotate == "silent":
            return None
        if self.variants.rotate == "always":
            del self.logins[value]
            value = self.sign_in(entry[0])
        return set_cookie(value)

    def end_all(self, login):
        self.logins = {value: entry for value, entry in self.logins.items() if entry[0].login != login}

    def cookie_of(self, login):
        return next((value for value, entry in self.logins.items() if entry[0].login == login), None)

    # Audit log

    def note(self, kind, written, user=None, agent=None, session=None):
        event = {"type": kind, "at": written, "user": user, "agent_id": agent, "session_id": session}
        self.audit.append({name: value for name, value in event.items() if value is not None})

    # Rights

    def permissions(self, user):
        """None where they are not told."""
        return OF_ADMINS if user.is_admin else self.variants.permissions

    def require(self, user, permission):
        told = self.permissions(user)
        if told is not None and permission not in told:
            raise ApiError(403, "forbidden", f"This needs the permission {permission}.")

    @staticmethod
    def require_admin(user):
        if not user.is_admin:
            raise ApiError(403, "forbidden", "This needs an account admin.")


def set_cookie(value):
    return f"masker_session={value}; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age={LIFETIME}"


# The current user


def me(service, request):
    form = service.variants.me
    if form in ("missing", "auth-me"):
        raise ApiError(404, "not_found", "There is nothing here.")
    if form == "forbidden":
        raise ApiError(403, "forbidden", "This is not yours to see.")
    if form == "minimal":
        return Answer(body={"user": {"id": request.user.id}})
    account = service.account
    body = {
        "user": user_record(service, request.user, has_role=form == "role"),
        "account": {
            "id": account.id, "name": "Analytical Clinic", "plan": "pilot", "created_at": service.timestamps.write(account.created)},
    }
    told = account.permissions(request.user)
    if told is not None:
        body["permissions"] = told
    return Answer(body=body)


def earlier_me(service, request):
    """`/auth/me`, which is documented nowhere."""
    form = service.variants.me
    if form == "auth-me":
        return Answer(body={"user": user_record(service, request.user, has_role=True)})
    if form == "auth-me-page":
        return Answer(content=b"<!doctype html><title>Masker</title><p>The portal</p>", content_type="text/html; charset=utf-8")
    raise ApiError(404, "not_found", "There is nothing here.")


def user_record(service, user, has_role):
    record = {
        "id": user.id, "github_login": user.login, "github_id": user.github_id, "name": user.name, "email": None,
        "avatar_url": f"https://avatars.githubusercontent.com/u/{user.github_id}",
        "created_at": service.timestamps.write(user.created), "last_seen_at": service.timestamps.write(user.last_seen),
    }
    if has_role:
        record["role"] = "admin" if user.is_admin else "member"
    return record


# Signing in and out


def begin(service, request):
    """Always leads to GitHub."""
    target = request.one("redirect_to") or "/portal"
    is_own = target.startswith("/") and not target.startswith("//") and not any(c in "\\" or ord(c) < 33 for c in target)
    state = secrets.token_urlsafe(24)
    service.account.states[state] = (target if is_own and target.isascii() else "/portal", time.time())
    return Answer(302, headers=[
        ("Location", f"https://github.com/login/oauth/authorize?client_id=masker&scope=read%3Auser&state={state}"),
        ("Set-Cookie", f"masker_oauth_state={state}; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=600"),
    ])


def callback(service, request):
    """Nobody asks GitHub here: the code is the login of the user who comes."""
    state = request.one("state")
    known = service.account.states.pop(state, None)
    if known is None or request.cookies.get("masker_oauth_state") != state or time.time() - known[1] > 600:
        raise ApiError(400, "invalid_state", "The state is missing, wrong or older than 10 minutes.")
    user = next((user for user in service.account.users if user.login == request.one("code")), None)
    if user is None:
        raise ApiError(502, "oauth_exchange_failed", "GitHub did not take the code.")
    return Answer(302, headers=[
        ("Location", known[0]), ("Set-Cookie", set_cookie(service.account.sign_in(user))),
        ("Set-Cookie", "masker_oauth_state=; Max-Age=0; Path=/; HttpOnly; Secure"),
    ])


def log_out(service, request):
    if service.account.logins.pop(request.cookies.get("masker_session"), None) is None and service.variants.logout_dead == "401":
        raise ApiError(401, "unauthenticated", "This login session is over already.")
    return Answer(204, headers=[("Set-Cookie", CLEARED)])


def sign_in_page(service, request):
    return Answer(
        content=b"<!doctype html><title>Masker</title><a href='/api/v1/auth/github'>Sign in with GitHub</a>",
        content_type="text/html; charset=utf-8")
