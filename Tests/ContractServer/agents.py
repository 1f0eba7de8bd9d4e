"""Agents: created, listed, shown and deleted for good."""

import random
import time

import lists
import policy
from basics import Answer, ApiError, invalid

UPSTREAMS = {"openai:gpt-4o-mini": "gpt-4o-mini", "openai:gpt-4o": "gpt-4o", "stub": "stub"}
PLACES = ["north", "harbour", "hillside", "riverside", "old-town", "campus", "airport", "meadow"]
TASKS = ["front-desk", "recall-line", "lab-results", "pharmacy-line"]
DAY = 86_400


class Agent:
    def __init__(self, identifier, name, upstream, tokenization, policy_text, created):
        self.id, self.name, self.upstream, self.tokenization = identifier, name, upstream, tokenization
        self.policy_text, self.policy = policy_text, policy.parse(policy_text)
        self.created, self.is_deleted = created, False

    @property
    def model(self):
        return UPSTREAMS[self.upstream]


def make_up(count, seed, identifiers, now):
    """An account's agents, the newest first."""
    chance, known = random.Random(seed), list(policy.KNOWN.values())
    agents = []
    for number in range(count):
        created = now - DAY * (2 + 3 * number) - chance.random() * DAY
        place, task = PLACES[number % len(PLACES)], TASKS[number // len(PLACES) % len(TASKS)]
        round_ = number // (len(PLACES) * len(TASKS))
        chosen = known[number] if number < len(known) else known[0]
        agents.append(Agent(
            identifiers.make("agt_", created), f"{task}-{place}" + (f"-{round_ + 1}" if round_ else ""),
            list(UPSTREAMS)[number % 3], "synthetic" if number == 5 else policy.TOKENIZATIONS[number % 2],
            policy.write(chosen), created))
    return agents


def find(service, request):
    """An agent that is still there."""
    agent = next((agent for agent in service.agents if agent.id == request.values["id"] and not agent.is_deleted), None)
    if agent is None:
        raise ApiError(404, "agent_not_found", "There is no such agent, or it is not visible to you.")
    return agent


# Records


def calls_since(service, agent, seconds):
    start = time.time() - seconds
    return [call for call in service.calls if call.agent is agent and call.started >= start]


def summary(service, agent):
    base = (service.variants.public_url or service.origin).rstrip("/")
    return {
        "id": agent.id, "name": agent.name, "upstream": agent.upstream, "tokenization": agent.tokenization,
        "policy_name": agent.policy["name"], "policy_version": agent.policy["version"],
        "proxy_url": f"{base}/proxy/{agent.id}/v1/chat/completions", "webhook_url": f"{base}/vapi/webhook/{agent.id}",
        "created_at": service.timestamps.write(agent.created), "session_count_24h": len(calls_since(service, agent, DAY)),
    }


def detail(service, agent):
    day = calls_since(service, agent, DAY)
    durations = sorted(call.duration for call in day)

    def quantile(share):
        return durations[min(int(share * len(durations)), len(durations) - 1)] if durations else 0

    return {**summary(service, agent), "policy_yaml": agent.policy_text, "stats": {
        "session_count_24h": len(day), "session_count_7d": len(calls_since(service, agent, 7 * DAY)),
        "redaction_count_24h": sum(call.redaction_count for call in day),
        "p50_latency_ms": quantile(0.5), "p95_latency_ms": quantile(0.95),
    }}


# Calls of the API


def index(service, request):
    part = (request.one("name_contains") or "").casefold()
    rows = [agent for agent in service.agents if not agent.is_deleted and part in agent.name.casefold()]
    return lists.page(service, request, rows, lambda agent: summary(service, agent))


def show(service, request):
    return Answer(body={"agent": detail(service, find(service, request))})


def create(service, request):
    service.account.require(request.user, "agents:write")
    body = request.json()
    name = text(body, "name", required=True)
    if not 1 <= len(name) <= 64:
        raise invalid("name", "1 to 64 characters are expected")
    upstream = text(body, "upstream", required=True)
    tokenization = text(body, "tokenization") or "vault-deterministic"
    # `synthetic` may come back and is not accepted here.
    if tokenization not in ("vault-deterministic", "reversible-aead"):
        raise invalid("tokenization", "vault-deterministic or reversible-aead is expected")
    policy_name, policy_text = text(body, "policy_name"), text(body, "policy_yaml")
    if policy_name is not None and policy_text is not None:
        raise invalid("policy_yaml", "a policy is named or given, not both")
    if upstream not in UPSTREAMS:
        raise ApiError(422, "unknown_upstream", "There is no such upstream.")
    if policy_text is None:
        if (policy_name or "healthcare-default") not in policy.KNOWN:
            raise ApiError(422, "unknown_policy", "There is no policy of this name.")
        policy_text = policy.write(policy.KNOWN[policy_name or "healthcare-default"])
    now = time.time()
    agent = Agent(service.identifiers.make("agt_", now), name, upstream, tokenization, policy_text, now)
    if any(other.name == name and not other.is_deleted for other in service.agents):
        raise ApiError(409, "name_taken", "There is an agent of this name.")
    service.agents.insert(0, agent)
    return Answer(201, {"agent": detail(service, agent)})


def text(body, name, required=False):
    """OPEN: null is the same as absent."""
    value = body.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, str):
        raise invalid(name, "it is missing" if value is None else "a text is expected")
    return value


def delete(service, request):
    """For good. Its sessions stay, and so does what the audit log says."""
    service.account.require_admin(request.user)
    service.account.require(request.user, "agents:write")
    agent = find(service, request)
    agent.is_deleted = True
    service.note("agent_deleted", user=request.user.login, agent=agent.id)
    return Answer(204)
