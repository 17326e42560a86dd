"""Searching events within an auditor's scope, a page at a time from the newest back."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from audit.models import Event
from payouts.models import Batch
from people.forms import DatePartsField, FilterForm
from people.models import User
from project.audit_scope import BATCH, CASE, batches_in, cases_in
from project.audit_words import action_choices, note_words

EVENTS_A_PAGE = 50


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
    """One event as shown. `kind` and `number` name the trail it is about, "" for none or one out of scope."""

    event: Event
    actor: str
    kind: str
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
    known = {public_id: (CASE, number or public_id) for public_id, number in cases.values_list("public_id", "number")}
    known |= {number: (BATCH, number) for number in _numbers_of_batches(codes, subjects)}
    return [
        Line(event, names.get(event.actor) or event.actor, *known.get(event.subject, ("", "")), note_words(event))
        for event in events
    ]


def _numbers_of_batches(codes: list[str], subjects: set[str]) -> QuerySet[Batch, str]:
    return batches_in(codes).filter(number__in=subjects).values_list("number", flat=True)
