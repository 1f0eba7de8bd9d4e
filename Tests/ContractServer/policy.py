"""Policies: their schema, those that this server knows, and how they are written."""

import copy

import yaml_subset
from basics import Answer, ApiError

TOKENIZATIONS = ("vault-deterministic", "reversible-aead", "synthetic")
PASSES = ("regex", "gemma", "diarize")
ACTIONS = ("tokenize", "redact", "passthrough")
KEYS = ("K_HEALTHCARE",)


def rule(regex, ner, threshold, action="tokenize"):
    return {"enabled": True, "regex": regex, "ner": ner, "confidence_threshold": threshold, "action": action}


HEALTHCARE_DEFAULT = {
    "name": "healthcare-default", "version": 1, "kid": "K_HEALTHCARE", "epsilon": 0.5, "tokenization": "vault-deterministic",
    "passes": ["regex", "gemma"],
    "entities": {
        "PHONE": rule(True, True, 0.6), "SSN": rule(True, False, 0), "NAME": rule(False, True, 0.7), "EMAIL": rule(True, False, 0),
        "DOB": rule(True, True, 0.5), "ADDRESS": rule(True, True, 0.6), "MRN": rule(True, True, 0.6), "ACCOUNT": rule(True, True, 0.7),
        "IP_ADDRESS": rule(True, False, 0, "redact"),
    },
    "audit": {"log_events": True, "log_payloads": False, "retention_days": 2555},
}


def variant(name, description, change):
    policy = copy.deepcopy(HEALTHCARE_DEFAULT)
    policy["name"], policy["description"] = name, description
    change(policy)
    return policy


# All but the first are this server's own.
KNOWN = {policy["name"]: policy for policy in (
    HEALTHCARE_DEFAULT,
    variant("payload-trial", "keeps what was said", lambda policy: policy["audit"].update(log_payloads=True)),
    variant("names-in-clear", "the model hears names", lambda policy: policy["entities"]["NAME"].update(action="passthrough")),
    variant("no-events", "nothing in the audit chain", lambda policy: policy["audit"].update(log_events=False)),
)}


def write(value, indent=""):
    """A policy as YAML text."""
    lines = []
    for key, item in value.items():
        if isinstance(item, dict):
            lines.append(f"{indent}{key}:\n{write(item, indent + '  ')}")
        elif isinstance(item, list):
            lines.append(f"{indent}{key}: [{', '.join(item)}]\n")
        else:
            lines.append(f"{indent}{key}: {'true' if item is True else 'false' if item is False else item}\n")
    return "".join(lines)


def parse(text):
    """The policy in a text. Raises `policy_yaml_invalid` with everything that is wrong."""
    try:
        value = yaml_subset.read(text)
    except yaml_subset.Unreadable as error:
        raise wrong([{"line": error.line, "message": error.reason}])
    if not isinstance(value, dict):
        raise wrong([{"path": "", "message": "a mapping is expected"}])
    problems = list(check(value))
    if problems:
        raise wrong(problems)
    return value


def wrong(problems):
    # OPEN in the contract: the shape of `details`.
    return ApiError(422, "policy_yaml_invalid", "The policy is not valid.", details=problems)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_text(value):
    return isinstance(value, str) and value != ""


def is_flag(value):
    return isinstance(value, bool)


FIELDS = {
    "name": (is_text, True, "a text"), "version": (is_whole, True, "a whole number"), "kid": (is_text, True, "a text"),
    "tokenization": (TOKENIZATIONS.__contains__, True, "one of " + ", ".join(TOKENIZATIONS)),
    "description": (lambda value: isinstance(value, str), False, "a text"), "epsilon": (is_number, False, "a number"),
}
OF_RULES = {
    "enabled": is_flag, "regex": is_flag, "ner": is_flag, "action": ACTIONS.__contains__,
    "confidence_threshold": lambda value: is_number(value) and 0 <= value <= 1,
}
OF_AUDIT = {"log_events": is_flag, "log_payloads": is_flag, "retention_days": lambda value: is_whole(value) and value >= 0}


def check(policy):
    def problem(path, message, code=None):
        return {"path": path, "message": message, **({"code": code} if code else {})}

    for name, (is_right, is_required, expected) in FIELDS.items():
        if name not in policy:
            if is_required:
                yield problem(name, "it is missing")
        elif isinstance(policy[name], (list, dict)) or not is_right(policy[name]):
            yield problem(name, f"{expected} is expected")
    if is_text(policy.get("kid")) and policy["kid"] not in KEYS:
        yield problem("kid", "the server has no such key", "unknown_kid")
    passes = policy.get("passes")
    if not isinstance(passes, list) or not passes:
        yield problem("passes", "a list is expected")
    elif any(name not in PASSES for name in passes):
        yield problem("passes", "one of " + ", ".join(PASSES) + " is expected", "invalid_pass")
    entities = policy.get("entities")
    if not isinstance(entities, dict) or not entities:
        yield problem("entities", "no entity is declared", "missing_entity")
    else:
        for kind, fields in entities.items():
            yield from check_map(f"entities.{kind}", fields, OF_RULES, problem)
    if "audit" in policy:
        yield from check_map("audit", policy["audit"], OF_AUDIT, problem)


def check_map(path, fields, known, problem):
    if fields is None:
        return
    if not isinstance(fields, dict):
        yield problem(path, "a mapping is expected")
        return
    for name, is_right in known.items():
        if name in fields and (isinstance(fields[name], (list, dict)) or not is_right(fields[name])):
            yield problem(f"{path}.{name}", "this is no value for it")


def logs(policy, what):
    """Whether `log_events` or `log_payloads` holds."""
    return (policy.get("audit") or {}).get(what, what == "log_events")


def action(policy, kind):
    return ((policy.get("entities") or {}).get(kind) or {}).get("action", "tokenize")


def reload(service, request):
    """Reads the policy file anew. OPEN: what it answers with, who may, and whether its refusals are codes."""
    how = service.variants.reload
    if how == "missing":
        raise ApiError(404, "not_found", "There is nothing here.")
    if how == "forbidden" or not request.user.is_admin:
        raise ApiError(403, "forbidden", "This needs an account admin.")
    if how != "ok":
        raise ApiError(422, how, "The policy file is not valid; the old one stays.")
    return Answer(body={"policies": sorted(KNOWN)})
