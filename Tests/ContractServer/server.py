#!/usr/bin/env python3
"""A second Masker server, beside the mock: written from the text of the contract alone, in the standard library alone.

    Tests/ContractServer/server.py --port 0      first line: listening on http://127.0.0.1:PORT

After that line come the users, one a line: login, admin or member, cookie.
"""

import json
import os
import socket
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote

import agents
import routes
import sessions
import variants
from account import Account
from basics import Answer, ApiError, Identifiers, Timestamps, invalid
from limits import Limits

LARGEST_BODY = 1 << 20


class Service:
    """Everything that the server knows. One request is carried out at a time."""

    def __init__(self, options):
        self.variants, self.lock = options, threading.Lock()
        self.started = time.time()
        self.origin = ""
        self.identifiers, self.timestamps = Identifiers(options.seed), Timestamps(options.timestamps)
        self.account, self.limits = Account(options, self.identifiers, self.started), Limits(options)
        self.agents = agents.make_up(options.agents, options.seed, self.identifiers, self.started)
        self.calls = sessions.make_up(options.sessions, self.agents, options.seed, self.identifiers, self.started)
        # Method, path, query, cookie, user and status of each request, in the order they came.
        self.seen = []

    def note(self, kind, **fields):
        self.account.note(kind, self.timestamps.write(time.time()), **fields)


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.headers, self.body = method, headers, body
        self.path, _, self.query_text = target.partition("?")
        self.segments = [unquote(segment, errors="replace") for segment in self.path.split("/")[1:]]
        self.query = {}
        for name, value in parse_qsl(self.query_text, keep_blank_values=True, errors="replace"):
            self.query.setdefault(name, []).append(value)
        self.cookies = {}
        for pair in "; ".join(headers.get_all("Cookie", [])).split(";"):
            name, mark, value = pair.strip().partition("=")
            if mark:
                self.cookies.setdefault(name, value)
        self.user, self.values = None, {}

    def one(self, name):
        """A value of the query that may be there once."""
        found = self.query.get(name, [])
        if len(found) > 1:
            raise invalid(name, "it is there more than once")
        return found[0] if found else None

    def json(self):
        try:
            body = json.loads(self.body)
        except ValueError:
            raise ApiError(422, "validation_failed", "The body is no JSON.")
        if not isinstance(body, dict):
            raise ApiError(422, "validation_failed", "The body is no object.")
        return body


def answer(service, request):
    """Carries a request out. Returns the answer with its cookie, and in an error's body the request's id."""
    identifier = service.identifiers.make("req_", time.time())
    renews = access = None
    try:
        handler, access, request.values = routes.find(service, request.method, request.segments)
        if access == routes.LOGIN:
            renews = request.cookies.get("masker_session")
            request.user = service.account.user_of(renews)
            service.limits.take_api()
        elif access == routes.CALL:
            service.limits.take_call()
        result = handler(service, request)
    except ApiError as error:
        result = of_error(service, error, identifier, is_proxy=request.segments[0] == "proxy")
    except Exception:
        traceback.print_exc()
        result = of_error(service, ApiError(500, "internal_error", "Something went wrong."), identifier)
    # A renewed cookie can come with any answer to an authenticated request, refusals included.
    cookie = service.account.renew(renews) if renews else None
    if cookie:
        result.headers.append(("Set-Cookie", cookie))
    if access != routes.CONTROL:
        service.seen.append({
            "method": request.method, "path": request.path, "query": request.query_text, "cookie": request.cookies.get("masker_session"),
            "user": request.user and request.user.login, "status": result.status})
    return result


def of_error(service, error, identifier, is_proxy=False):
    form = service.variants.error_envelope
    if form == "page":
        return Answer(error.status, content=b"<!doctype html><h1>Error</h1>", content_type="text/html", headers=error.headers)
    if form == "empty":
        return Answer(error.status, headers=error.headers)
    headers = list(error.headers)
    if is_proxy:
        kind = "invalid_request_error" if error.status < 500 else "server_error"
        return Answer(error.status, {"error": {
            "message": error.message, "type": kind, "param": None, "code": error.code, "request_id": identifier}}, headers)
    inside = {"code": error.code, "message": error.message}
    if error.details is not None:
        inside["details"] = error.details
    body = {"error": inside}
    if form == "inside":
        inside["request_id"] = identifier
    elif form == "beside":
        body["request_id"] = identifier
    else:
        headers.append(("X-Request-Id", identifier))
    return Answer(error.status, body, headers)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "contract", ""
    disable_nagle_algorithm = True
    wbufsize = -1
    # A connection that nothing comes over is not waited for.
    timeout = 600

    def handle_any(self):
        body = self.read_body()
        if body is None:
            return
        request = Request(self.command, self.path, self.headers, body)
        with self.server.service.lock:
            result = answer(self.server.service, request)
        self.send(result)

    # Those that are not here are answered 501 by the standard library.
    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_TRACE = do_QUERY = handle_any

    def read_body(self):
        """None when there is no telling where it ends; then the connection is over."""
        if self.headers.get("Transfer-Encoding"):
            return self.refuse("a body is expected with its length")
        text = self.headers.get("Content-Length", "0")
        if not text.isascii() or not text.isdigit() or int(text) > LARGEST_BODY:
            return self.refuse("this length of a body is not accepted")
        return self.rfile.read(int(text))

    def refuse(self, reason):
        self.close_connection = True
        service = self.server.service
        self.send(of_error(service, ApiError(422, "validation_failed", reason), service.identifiers.make("req_", time.time())))

    def send(self, result):
        self.send_response(result.status)
        for name, value in result.headers:
            self.send_header(name, value)
        if result.status != 204:
            self.send_header("Content-Length", str(len(result.content)))
            if result.content:
                self.send_header("Content-Type", result.content_type)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(result.content)
        self.wfile.flush()

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        # A client may go away whenever it likes.
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError, socket.timeout)):
            super().handle_error(request, client_address)


def end_with_input():
    while sys.stdin.buffer.read(4096):
        pass
    os._exit(0)


def main():
    options = variants.parse(sys.argv[1:])
    service = Service(options)
    server = Server(("127.0.0.1", options.port), Handler)
    server.service = service
    service.origin = f"http://127.0.0.1:{server.server_address[1]}"
    lines = [f"listening on {service.origin}"]
    for user in service.account.users:
        lines.append(f"{user.login} {'admin' if user.is_admin else 'member'} {service.account.first_cookies[user.login]}")
    # All at once: whoever reads the first line only may be gone for the next one.
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    if options.until_input_ends:
        threading.Thread(target=end_with_input, daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
