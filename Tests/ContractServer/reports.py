"""Compliance reports of a session, as JSON and as PDF: made when they are asked for, from the policy of that moment."""

import copy
import time

import pdf
import policy
import sessions
from basics import Answer, ApiError, invalid

COVERAGE = {
    "A_names": "full", "B_geo": "full", "C_dates": "partial", "D_phone": "full", "E_fax": "full", "F_email": "full", "G_ssn": "full",
    "H_mrn": "full", "I_health_plan": "partial", "J_account": "full", "K_certificate": "partial", "L_vehicle": "in_progress",
    "M_device": "in_progress", "N_url": "in_progress", "O_ip": "full", "P_biometric": "in_progress", "Q_photo": "not_applicable",
    "R_other": "in_progress",
}


def show(service, request):
    call = sessions.find(service, request)
    form = request.one("format")
    if form is None:
        form = service.variants.default_report_format
    if form not in ("json", "pdf"):
        raise invalid("format", "json or pdf is expected")
    if service.variants.audit_broken:
        raise ApiError(500, "report_generation_failed", "The audit chain does not verify.")
    report = make(service, call)
    if form == "json":
        return Answer(body={"report": report})
    return Answer(
        content=pdf.write(pages(report)), content_type="application/pdf",
        headers=[("Content-Disposition", f'attachment; filename="masker-session-{call.id}.pdf"')])


def make(service, call):
    root, variants = sessions.root(sessions.conversation(service, call)[1]), service.variants
    now = time.time()
    report = {
        "id": service.identifiers.make("rep_", now), "scope": "session", "session_id": call.id,
        "generated_at": service.timestamps.write(now), "redactions_by_kind": call.kinds, "policy_snapshot": snapshot(service, call),
    }
    if variants.report_root in ("merkle", "both"):
        report["merkle_root_hex"] = root
    if variants.report_root in ("audit", "both"):
        report["audit_root_hash"] = root
    if variants.coverage == "documented":
        report["safe_harbor_coverage"] = COVERAGE
    elif variants.coverage == "text":
        report["safe_harbor_coverage"] = "11 of 18 identifiers in full"
    if variants.signature:
        report["signature"] = {"alg": "Ed25519", "sig": "c2lnbmF0dXJl" * 7}
    return report


def snapshot(service, call):
    """The agent's policy as it is now. With `--policy-drift` that is a later one than the call's."""
    if not service.variants.policy_drift:
        return call.agent.policy_text
    later = copy.deepcopy(call.agent.policy)
    later["version"] += 1
    return policy.write(later)


def pages(report):
    """Each page carries the report's id."""
    head = [f"Masker compliance report {report['id']}", ""]
    facts = [f"session {report['session_id']}", f"generated {report['generated_at']}"]
    facts += [report[name] for name in ("merkle_root_hex", "audit_root_hash") if name in report]
    facts += [f"{kind} {count}" for kind, count in report["redactions_by_kind"].items()]
    coverage = report.get("safe_harbor_coverage", {})
    lines = [f"{name}: {value}" for name, value in coverage.items()] if isinstance(coverage, dict) else [coverage]
    return [head + facts, head + lines, head + report["policy_snapshot"].splitlines()]
