"""A server in front of the mock that replaces a text in its answers if `replacement` is set, so that one row changes."""

import http.server
import threading
import urllib.request


class Changing:
    def __init__(self, origin):
        self.replacement = None
        changing = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                request = urllib.request.Request(origin + self.path, headers={"Cookie": self.headers.get("Cookie", "")})
                with urllib.request.urlopen(request) as answer:
                    body, headers = answer.read(), answer.headers
                if changing.replacement:
                    body = body.replace(*changing.replacement)
                self.send_response(answer.status)
                for name in ("Content-Type", "Set-Cookie", "Date"):
                    if name in headers:
                        self.send_header(name, headers[name])
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
