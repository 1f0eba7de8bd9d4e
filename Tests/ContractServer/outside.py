"""What other systems call, without the cookie: health, the proxy and the webhook."""

import hashlib
import hmac
import re
import time

import agents
from basics import Answer, ApiError, as_json, invalid
from policy import is_number
from sessions import Call

FOUND = {
    "SSN": r"\b\d{3}-\d\d-\d{4}\b", "EMAIL": r"\b[\w.+-]+@[\w-]+\.[\w.]+\b", "PHONE": r"(?:\+?1[ -])?\(?\d{3}\)?[ -]\d{3}[ -]\d{4}\b",
    "IP_ADDRESS": r"\b\d{1,3}(?:\.\d{1,3}){3}\b"}


def health(service, request):
    form, uptime = service.variants.health, int(time.time() - service.started)
    is_degraded = form.endswith("degraded")
    status = {"status": "degraded" if is_degraded else "ok", "version": "1.4.0"}
    if form.startswith("flat"):
        return Answer(503 if is_degraded else 200, {**status, "db": "ok", "vault": "ok", "upstream": "timeout" if is_degraded else "ok"})
    components = dict.fromkeys(("db", "vault", "audit_log", "upstream", "ner_model"), "ok")
    if is_degraded:
        components["ner_model"] = "loading"
    return Answer(503 if is_degraded else 200, {
        **status, "uptime_seconds": uptime, "components": components,
        "build": {"commit": "4f1c2ab", "built_at": service.timestamps.write(service.started - 86_400)}})


def signature_is_right(service, request):
    """OPEN: the encoding is lower-case hex, with or without `sha256=`."""
    given = request.headers.get("X-Vapi-Signature", "").removeprefix("sha256=")
    expected = hmac.new(service.variants.webhook_secret.encode(), request.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def webhook(service, request):
    """First the signature, then the agent, then the event."""
    if service.variants.webhook_secret and not signature_is_right(service, request):
        raise ApiError(401, "bad_signature", "The signature is missing or wrong.")
    agent = agents.find(service, request)
    body = request.json()
    if body.get("type") != "assistant-request":
        raise ApiError(422, "unsupported_event", "Only assistant-request is answered.")
    if not isinstance(body.get("call"), dict):
        raise invalid("call", "an object is expected")
    if not is_number(body.get("timestamp", 0)):
        raise invalid("timestamp", "milliseconds are expected")
    service.note("call_started", agent=agent.id)
    return Answer(body={"assistant": {
        "model": {"provider": "custom-llm", "url": agents.summary(service, agent)["proxy_url"], "model": agent.model},
        "voice": {"provider": "11labs", "voiceId": "paula"}, "firstMessage": "Hello, how can I help?",
        "transcriber": {"provider": "deepgram", "model": "nova-2"}}})


def completion(service, request):
    """The agent's id in the URL is the secret. A signature that is there is verified; OPEN: none is needed."""
    if service.variants.webhook_secret and "X-Vapi-Signature" in request.headers and not signature_is_right(service, request):
        raise ApiError(401, "bad_signature", "The signature is wrong.")
    agent = agents.find(service, request)
    body = request.json()
    if body.get("model") != agent.model:
        raise ApiError(422, "model_not_allowed", f"This agent's model is {agent.model}.")
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages or not all(is_message(message) for message in messages):
        raise invalid("messages", "a list is expected")
    if not isinstance(body.get("stream", False), bool):
        raise invalid("stream", "true or false is expected")
    kinds, now = {}, time.time()
    for message in messages:
        for kind, pattern in FOUND.items():
            count = len(re.findall(pattern, message["content"]))
            if count:
                kinds[kind] = kinds.get(kind, 0) + count
    is_ok = service.variants.upstream == "ok"
    call = Call(service.identifiers.make("sess_", now), agent, now, 240, "ok" if is_ok else "partial", kinds, now)
    service.calls.insert(0, call)
    for _ in range(call.redaction_count):
        service.note("redaction", session=call.id, agent=agent.id)
    if service.variants.upstream == "timeout":
        raise ApiError(504, "upstream_timeout", "The model has not answered within 30 s.")
    if not is_ok:
        raise ApiError(502, "upstream_error", "The model's provider has failed.")
    return streamed(call, agent) if body.get("stream") else whole(call, agent)


def is_message(value):
    return isinstance(value, dict) and isinstance(value.get("role"), str) and isinstance(value.get("content"), str)


def whole(call, agent):
    choice = {"index": 0, "message": {"role": "assistant", "content": "ok"}, "finish_reason": "stop"}
    return Answer(body={
        "id": "chatcmpl-" + call.id[5:], "object": "chat.completion", "created": int(call.started), "model": agent.model,
        "choices": [choice], "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}})


def streamed(call, agent):
    def chunk(delta, end):
        return b"data: " + as_json({
            "id": "chatcmpl-" + call.id[5:], "object": "chat.completion.chunk", "created": int(call.started), "model": agent.model,
            "choices": [{"index": 0, "delta": delta, "finish_reason": end}]}) + b"\n\n"

    pieces = [chunk({"role": "assistant", "content": "ok"}, None), chunk({}, "stop"), b"data: [DONE]\n\n"]
    return Answer(content=b"".join(pieces), content_type="text/event-stream")
