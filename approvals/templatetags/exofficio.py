"""What pages of lower rooms, and the review page, show of ex officio cases, complaints and reopening."""

from typing import Any

from django import template
from django.utils import timezone

from applications.leave import leave_of
from applications.models import Application
from applications.states import State
from approvals import reopening
from approvals.claims.loan_lists_kept import told_of
from approvals.complaints import filing
from approvals.exofficio import opening
from approvals.exofficio.shown import may_state, shown_of
from approvals.history.entries import readable
from approvals.models import Complaint
from approvals.ratings import rating
from benefits.models import PhaseOut, Waiver
from benefits.phase_out import links, own
from people.models import User

register = template.Library()


@register.inclusion_tag("approvals/exofficio/own.html")
def own_case(application: Application) -> dict[str, Any]:
    """On one's own case page: the measure intended, what was taken up about it, complaints and their answers."""
    shown = shown_of(application) if application.is_ex_officio else None
    complaints = list(application.complaints.order_by("-pk"))
    rated = rating.rated(application)
    phased = application.state == State.GRANTED and application.definition.benefit_kind == "phase_out"
    now = timezone.now()
    may, may_change = leave_of(application, now), phased and own.may_report(application)
    return {
        "application": application,
        "may": may,
        "shown": shown,
        "may_state": shown is not None and may["state"] and may_state(shown.proceeding, now),
        "about_us": application.proceedings.exclude(notice_at=None).select_related("application__scheme_version"),
        "complaints": [_complaint(one) for one in complaints],
        "may_change": may_change and may["report"],
        "may_return": phased and not may_change and may["continue"] and links.may_return(application, now),
        "rated": rated,
        "may_rate": bool(rating.stage_of(application)) and (rated is not None or may["rate"]),
        "may_complain": may["complain"] and _may_complain(application, complaints),
    }


def _may_complain(application: Application, complaints: list[Complaint]) -> bool:
    """Whether anything can be complained about; service nearly always can, which needs no further question."""
    if application.state == State.DRAFT:
        return False
    service = Complaint.Kind.SERVICE
    waits = any(one.kind == service and one.result == Complaint.Result.OPEN for one in complaints)
    return not waits or bool(filing.kinds_for(application))


def _complaint(complaint: Complaint) -> dict[str, Any]:
    key = complaint.application.data_key
    text = readable(key, complaint.text, filing.TEXT)
    return {"complaint": complaint, "text": text, "answer": readable(key, complaint.answer, filing.ANSWER)}


@register.inclusion_tag("approvals/exofficio/doors.html")
def case_doors(application: Application, user: User) -> dict[str, Any]:
    """On the review page: the way to the steps of an ex officio case, to opening one, and to reopening."""
    at = timezone.now()
    return {
        "application": application,
        "proceeding": application.is_ex_officio,
        "may_open": bool(opening.role_for(user, application, at)),
        "earlier": links.chain_of(application),
        "phase_out": PhaseOut.objects.filter(application=application).exists(),
        "bank_lines": told_of(application),
        "instalments": application.milestones.exists(),
        "waiver": Waiver.objects.filter(application=application).exists(),
        "may_reopen": bool(reopening.role_for(user, application, at)),
    }
