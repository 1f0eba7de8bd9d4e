"""Values that only a server, or more than a pattern, can say: for scripts/check-contract, which sets the environment."""

import json
import os
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

import schemathesis
from hypothesis import strategies as st

POLICY = """name: checked
version: 1
kid: K_HEALTHCARE
tokenization: vault-deterministic
passes: [regex, gemma]
entities:
  PHONE:
    action: tokenize
  NAME:
    regex: false
    confidence_threshold: 0.7
audit:
  log_payloads: false
"""




def page(path, cursor=None):
    """A page of a list of the server that is checked."""
    query = {"limit": 3, "since": "30d"} if path == "sessions" else {"limit": 3}
    if cursor:
        query["cursor"] = cursor
    request = urllib.request.Request(f"{os.environ['CHECKED_URL']}/api/v1/{path}?{urllib.parse.urlencode(query)}")
    request.add_header("Cookie", "masker_session=" + os.environ["CHECKED_COOKIE"])
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def declare(kind, path):
    """Formats of identifiers and of cursors: some that the server has, and of identifiers also some that it has not."""
    first = page(path)
    second = page(path, first["next_cursor"])
    found = st.sampled_from([record["id"] for record in first["data"] + second["data"]])
    prefix = first["data"][0]["id"].split("_")[0]
    unknown = st.from_regex(rf"\A{prefix}_[0-9A-HJKMNP-TV-Z]{{26}}\Z")
    schemathesis.openapi.format(f"{kind}-id", found | found | unknown)
    schemathesis.openapi.format(f"cursor-of-{path}", st.sampled_from([first["next_cursor"], second["next_cursor"]]))


declare("agent", "agents")
declare("session", "sessions")
schemathesis.openapi.format("policy-yaml", st.sampled_from([POLICY, POLICY.replace("vault-deterministic", "reversible-aead")]))
# Plain or with fractional seconds, as the contract writes them.
schemathesis.openapi.format("moment", st.builds(
    lambda seconds, form: (datetime.now(timezone.utc) - timedelta(seconds=seconds)).strftime(form),
    st.integers(0, 100 * 86_400), st.sampled_from(["%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%fZ"])))
