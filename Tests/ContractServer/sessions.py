"""Call sessions: what was detected in one turn, how it was tokenized, how long it took."""

import base64
import hashlib
import hmac
import random
import time

import agents
import lists
import policy
from basics import Answer, ApiError, as_json

AUDIT_KEY = b"the operator's own"
SAMPLES = {
    "PHONE": ["+1 415 555 0142", "(212) 555-0187"], "SSN": ["078-05-1120", "219-09-9999"], "NAME": ["José Núñez", "Ann Li"],
    "EMAIL": ["ann.li@example.org", "jose@example.net"], "DOB": ["3 May 1961", "12/24/1980"],
    "ADDRESS": ["12 Elm Street, Springfield", "7 Quay Road"], "MRN": ["MRN 4471902", "MRN 88120"], "ACCOUNT": ["account 99-1284"],
    "IP_ADDRESS": ["192.0.2.17"],
}


class Call:
    """One session. What it holds in detail is computed from `seed` when it is asked for."""

    def __init__(self, identifier, agent, started, duration, status, kinds, seed):
        self.id, self.agent, self.started, self.duration, self.status = identifier, agent, started, duration, status
        self.kinds, self.seed = kinds, seed
        # The policy that the agent had then.
        self.policy = agent.policy

    @property
    def redaction_count(self):
        return sum(self.kinds.values())


def make_up(count, agents_, seed, identifiers, now):
    """The account's calls, the newest first: half of them in the last day, some older than the retention."""
    chance, calls = random.Random(seed), []
    moments = sorted((age(chance) for _ in range(count)))
    for number, seconds in enumerate(moments if agents_ else []):
        kinds = {}
        for kind in chance.sample(list(SAMPLES), chance.randint(0, 3)):
            kinds[kind] = chance.randint(1, 2)
        status = chance.choices(["ok", "error", "partial"], [90, 6, 4])[0]
        agent = chance.choice(agents_)
        started = now - seconds
        calls.append(Call(identifiers.make("sess_", started), agent, started, chance.randint(180, 2_400), status, kinds, chance.random()))
    return sorted(calls, key=lambda call: call.id, reverse=True)


def age(chance):
    share = chance.random()
    day = 86_400
    return chance.uniform(60, day) if share < 0.5 else chance.uniform(day, 30 * day) if share < 0.9 else chance.uniform(30 * day, 100 * day)


def find(service, request):
    """A session that is still kept: those of deleted agents, too."""
    oldest = time.time() - lists.RETENTION
    call = next((call for call in service.calls if call.id == request.values["id"] and call.started >= oldest), None)
    if call is None:
        raise ApiError(404, "session_not_found", "There is no such session, or it is not visible to you.")
    return call


# Records


def summary(service, call, is_own_list=False):
    record = {
        "id": call.id, "agent_id": call.agent.id, "agent_name": call.agent.name, "started_at": service.timestamps.write(call.started),
        "ended_at": service.timestamps.write(call.started + call.duration / 1000), "duration_ms": call.duration, "status": call.status,
        "redaction_count": call.redaction_count, "redactions_by_kind": call.kinds, "upstream_model": call.agent.model,
    }
    if is_own_list:
        del record["agent_name"], record["upstream_model"]
    return record


def detail(service, call):
    if service.variants.detail == "sparse":
        return {"id": call.id}
    text, events = conversation(service, call)
    chance = random.Random(call.seed)
    shares = [chance.uniform(0.05, 0.15), chance.uniform(0.01, 0.03), 0, chance.uniform(0.01, 0.03)]
    detection, tokenize, _, rehydrate = (int(share * call.duration) for share in shares)
    payloads = dict.fromkeys(("request", "masked", "response"))
    if policy.logs(call.policy, "log_payloads"):
        payloads = text
    return {
        **summary(service, call), "policy_name": call.policy["name"], "policy_version": call.policy["version"],
        "stage_durations_ms": {
            "detection": detection, "tokenize": tokenize, "upstream": call.duration - detection - tokenize - rehydrate,
            "rehydrate": rehydrate},
        "merkle_root_hex": root(events),
        "events": events if policy.logs(call.policy, "log_events") else [], "payloads": payloads,
    }


def conversation(service, call):
    """What was said, what the model saw and answered, and the events of it."""
    chance = random.Random(call.seed)
    # Detection over its time budget falls back to regular expressions alone.
    is_late = chance.random() < 0.1
    scheme = "MSK1" if call.agent.tokenization == "reversible-aead" else "MSKV1"
    kid = call.policy["kid"]
    said, seen, events, tokens = "Hello. ", "Hello. ", [], []
    for kind, count in call.kinds.items():
        for _ in range(count):
            value = chance.choice(SAMPLES[kind])
            what = policy.action(call.policy, kind)
            letters = base64.b32encode(hashlib.sha256(f"{value}{call.seed}".encode()).digest()).decode()[:22]
            shown = {"passthrough": value, "redact": f"[REDACTED:{kind}]"}.get(what, f"{scheme}.{kind}.{kid}.{letters}")
            start = measure(service, said)
            of_ner = kind in ("NAME", "ADDRESS", "DOB") and not is_late
            event = {
                "event_id": "evt_" + call.id[5:22] + f"{len(events):09}", "pass": "gemma" if of_ner else "regex", "entity_kind": kind,
                "span": [start, start + measure(service, value)], "token_kind": scheme, "kid": kid}
            if of_ner or service.variants.regex_confidence == "present":
                event["confidence"] = round(chance.uniform(0.7, 1), 2)
            events.append(event)
            tokens.append(shown)
            said, seen = said + value + ". ", seen + shown + ". "
    return {"request": said.strip(), "masked": seen.strip(), "response": ("Noted: " + ", ".join(tokens)).strip(": ") + "."}, events


def measure(service, text):
    """The two editions of the documentation count in different units."""
    return len(text.encode()) if service.variants.span == "bytes" else len(text)


def root(events):
    """The head of the chain: hash_n = HMAC-SHA256(audit_key, hash_{n-1} || canonical_json(event_n))."""
    head = bytes(32)
    for event in events:
        canonical = as_json(dict(sorted(event.items())))
        head = hmac.new(AUDIT_KEY, head + canonical, hashlib.sha256).digest()
    return head.hex()


# Calls of the API


def matching(request, calls):
    start, status = lists.since(request), lists.status(request)
    least = lists.whole(request, "min_redactions", 0, 2**63 - 1, 0)
    return [
        call for call in calls
        if call.started >= start and status in (None, call.status) and call.redaction_count >= least]


def index(service, request):
    agent = request.one("agent_id")
    rows = [call for call in matching(request, service.calls) if agent in (None, call.agent.id)]
    return lists.page(service, request, rows, lambda call: summary(service, call))


def of_agent(service, request):
    agent = agents.find(service, request)
    rows = [call for call in matching(request, service.calls) if call.agent is agent]
    return lists.page(service, request, rows, lambda call: summary(service, call, is_own_list=True))


def show(service, request):
    return Answer(body={"session": detail(service, find(service, request))})
