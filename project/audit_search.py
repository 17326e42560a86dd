"""Searching events within an auditor's scope, a page at a time from the newest back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from audit.models import Event
from helping.models import Invitation
from payouts.models import Batch
from people.forms import DatePartsField, FilterForm
from people.models import User
from project.audit_helping import HELP, INVITATION, ORGANISATION, VILLAGE, invitations_in
from project.audit_scope import BATCH, CASE, NUMBERED, batches_in, cases_in, numbered_in
from project.audit_words import action_choices, note_words, trail_words

EVENTS_A_PAGE = 50
OPENED_BY_STREAM = frozenset({HELP, VILLAGE, ORGANISATION})
# A trail's kind and key, and how it is called.
Named = tuple[str, str, str]


class SearchForm(FilterForm):
    """About what, by whom, what, on which day."""

    q = forms.CharField(label=_("申请编号、公开编号或批次号"), required=False, max_length=40)
    actor = forms.CharField(label=_("操作人姓名或账号"), required=False, max_length=150)
    action = forms.ChoiceField(label=_("操作"), required=False)
    on = DatePartsField(label=_("发生日期"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["action"].choices = [("", _("全部")), *action_choices()]


@dataclass(frozen=True)
class Line:
    """One event as shown. `kind` and `key` name the trail it is about, `number` says it; "" for none in scope."""

    event: Event
    actor: str
    kind: str
    key: str
    number: str
    note: str


def search(events: QuerySet[Event], asked: dict) -> QuerySet[Event]:
    """The events that match everything asked for, newest first."""
    if asked.get("q"):
        events = events.filter(subject__in=subjects_of(asked["q"].strip()))
    if asked.get("actor"):
        events = events.filter(actor__in=usernames_of(asked["actor"].strip()))
    if asked.get("action"):
        events = events.filter(action=asked["action"])
    if asked.get("on"):
        begins, ends = bounds_of(asked["on"])
        events = events.filter(at__gte=begins, at__lt=ends)
    return events.order_by("-id")


def subjects_of(text: str) -> list[str]:
    """What events may carry as their subject for a number somebody reads off a paper or a page."""
    public_ids = Application.objects.filter(number=text.upper()).values_list("public_id", flat=True)
    return [text, text.lower(), text.upper(), *public_ids]


def usernames_of(text: str) -> list[str]:
    """The accounts of a name; the text itself too, as the clock and loaders have no account."""
    named = User.objects.filter(Q(full_name=text) | Q(username=text)).values_list("username", flat=True)
    return [text, *named]


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """Beginning of a Beijing day, and of the next."""
    begins = timezone.make_aware(datetime.combine(day, time.min))
    return begins, begins + timedelta(days=1)


def lines_of(events: list[Event], codes: list[str]) -> list[Line]:
    """Events with the names of those who acted and the numbers of what they are about, as far as in scope."""
    accounts = User.objects.filter(username__in={event.actor for event in events})
    names = dict(accounts.values_list("username", "full_name"))
    subjects = {event.subject for event in events if event.subject}
    cases = cases_in(codes).filter(public_id__in=subjects)
    known = {one: (CASE, one, number or one) for one, number in cases.values_list("public_id", "number")}
    known |= {number: (BATCH, number, number) for number in _numbers_of_batches(codes, subjects)}
    known |= _bundles_among(codes, subjects)
    known |= {one: (INVITATION, one, trail_words(INVITATION, one)) for one in _invitations_among(codes, subjects)}
    return [
        Line(event, names.get(event.actor) or event.actor, *_about(event, known), note_words(event)) for event in events
    ]


def _about(event: Event, known: dict[str, Named]) -> Named:
    """What an event is about. A stream that is listed at all lies in scope, and is named without whose it is."""
    kind, _colon, key = event.stream.partition(":")
    if kind in OPENED_BY_STREAM:
        return kind, key, trail_words(kind, "").strip()
    return known.get(event.subject, ("", "", ""))


def _numbers_of_batches(codes: list[str], subjects: set[str]) -> QuerySet[Batch, str]:
    return batches_in(codes).filter(number__in=subjects).values_list("number", flat=True)


def _invitations_among(codes: list[str], subjects: set[str]) -> QuerySet[Invitation, str]:
    return invitations_in(codes).filter(public_id__in=subjects).values_list("public_id", flat=True)


def _bundles_among(codes: list[str], subjects: set[str]) -> dict[str, Named]:
    """Rows that are numbered, by the subject of their events; one query for each kind that is there."""
    named: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _hyphen, key = subject.partition("-")
        if kind in NUMBERED and key.isascii() and key.isdigit() and len(key) < 19:
            named.setdefault(kind, set()).add(key)
    found = [(kind, pk) for kind, keys in named.items() for pk in _there(codes, kind, keys)]
    return {f"{kind}-{pk}": (kind, str(pk), trail_words(kind, str(pk))) for kind, pk in found}


def _there(codes: list[str], kind: str, keys: set[str]) -> QuerySet:
    return numbered_in(codes, kind).filter(pk__in=keys).values_list("pk", flat=True)
