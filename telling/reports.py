"""What a gateway reports later: whether a message arrived. Only who knows the secret is believed.

The gateway posts {"reference": "…", "status": "delivered" | "failed"}, signed: `X-Zhida-Time` (Unix seconds) and
`X-Zhida-Signature`, the hex HMAC-SHA256 of "time.body" under SMS_REPORT_SECRET.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from telling.models import Notice

# A report signed longer ago is not taken: what somebody overheard cannot be sent again later.
BELIEVED_SECONDS = 300
LONGEST_BODY = 4096
LONGEST_TIME = 12
State = Notice.State
RESULTS = {"delivered": State.DELIVERED, "failed": State.FAILED}


@dataclass(frozen=True)
class Report:
    """One report: the gateway's reference and what became of the message."""

    reference: str
    state: str


def signature(moment: str, body: bytes) -> str:
    """The signature of a report."""
    return hmac.new(settings.SMS_REPORT_SECRET.encode(), moment.encode() + b"." + body, sha256).hexdigest()


def is_signed(moment: str, body: bytes, given: str, at: datetime) -> bool:
    """Whether a report was signed by who knows the secret, a moment ago. Without a secret none is."""
    if not settings.SMS_REPORT_SECRET or len(body) > LONGEST_BODY:
        return False
    if not (moment.isascii() and moment.isdecimal() and len(moment) <= LONGEST_TIME):
        return False
    if abs(at.timestamp() - int(moment)) > BELIEVED_SECONDS:
        return False
    return hmac.compare_digest(signature(moment, body).encode(), given.encode())


def read(body: bytes) -> Report | None:
    """The report in a body; None for anything else."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or told.get("status") not in RESULTS:
        return None
    reference = told.get("reference")
    if not (isinstance(reference, str) and reference):
        return None
    return Report(reference, RESULTS[told["status"]])


def note(report: Report, at: datetime) -> int:
    """Note what became of the notices of a message; how many there were. A report that comes again changes nothing."""
    sent = Notice.objects.filter(reference=report.reference, channel=Notice.Channel.SMS, state=State.SENT)
    failure = {"failure": "not_delivered"} if report.state == State.FAILED else {}
    return sent.update(state=report.state, settled_at=at, **failure)
