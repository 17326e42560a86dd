"""What waits for each person of a roster: consent, what is missing, a correction, a decision to hand over."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import own
from applications.attachments import SIGNED_FORM
from applications.journey import CHECK
from applications.models import Application
from applications.states import State
from applications.timeline import events_of
from applications.views.desk import Desk
from applications.whereabouts import holders_of
from helping.models import Mandate, Villager
from helping.standing import about, asking
from papers import reading, serving
from people.models import User

ENDED = frozenset({State.WITHDRAWN, State.LAPSED, State.CONCLUDED})


@dataclass(frozen=True)
class Todo:
    """One thing to do, where, and by when; `waits`: somebody else has to act, and it is only told."""

    text: str
    url: str
    day: date | None = None
    waits: bool = False


@dataclass
class Row:
    """One villager with what is to be done for them, and the mandate in force."""

    villager: Villager
    mandate: Mandate | None
    todos: list[Todo] = field(default_factory=list)
    cases: list[Application] = field(default_factory=list)

    @property
    def first_day(self) -> date | None:
        """The earliest day by which something is to be done."""
        return min((todo.day for todo in self.todos if todo.day and not todo.waits), default=None)


def rows_of(user: User, villagers: Iterable[Villager], at: datetime) -> list[Row]:
    """Each villager with what waits, who has to be seen to first on top."""
    villagers = list(villagers)
    persons = [villager.person_id for villager in villagers]
    mandates = {one.person_id: one for one in asking.mandates(user, at).filter(person__in=persons).order_by("pk")}
    cases = _cases(user, persons, at)
    rows = [Row(one, mandates.get(one.person_id), cases=cases[one.person_id]) for one in villagers]
    for row in rows:
        row.todos = _todos(user, row, at)
    return sorted(rows, key=_urgency)


def _cases(user: User, persons: list[int], at: datetime) -> dict[int, list[Application]]:
    """What the user began for them and still has, or what followed from it, the latest first, by person."""
    found: dict[int, list[Application]] = defaultdict(list)
    related = ("scheme_version", "division", "data_key", "subject", "subject_office", "organisation")
    mine = own.cases_of(user, at).filter(for_other=True, by_organisation=False).exclude(state__in=ENDED)
    mine = mine.filter(data_key__destroyed_at__isnull=True).annotate(about=Coalesce(*about.PLACES))
    for application in mine.filter(about__in=persons).select_related(*related).order_by("-pk"):
        found[application.about].append(application)
    return found


def _urgency(row: Row) -> tuple[bool, date, int]:
    """Those with a day first, by day; then those with something to do; then the rest."""
    waiting = any(not todo.waits for todo in row.todos)
    return (not waiting, row.first_day or date.max, row.villager.pk)


def _todos(user: User, row: Row, at: datetime) -> list[Todo]:
    todos = []
    if row.mandate is None:
        url = reverse("helping:villager_consent", args=[row.villager.public_id])
        todos.append(Todo(_("登记本人的同意"), url))
    for application in row.cases:
        todos += _of_case(user, application, at)
    return todos


def _of_case(user: User, application: Application, at: datetime) -> list[Todo]:
    title, public_id = str(application.definition.title), application.public_id
    url = reverse("applications:detail", args=[public_id])
    if application.state == State.DRAFT:
        return _of_draft(Desk(user, application, at), title)
    if application.state == State.RETURNED:
        day = timezone.localdate(application.correction_due)
        return [Todo(_("%(title)s：补正") % {"title": title}, reverse("applications:correct", args=[public_id]), day)]
    papers = reading.papers_for_applicant(public_id)
    hand_over = [
        Todo(_("%(title)s：把“%(paper)s”交给本人") % {"title": title, "paper": paper.label}, url)
        for paper in papers
        if serving.waits_for_service(paper)
    ]
    return hand_over or _waiting(application, title, url)


def _of_draft(desk: Desk, title: str) -> list[Todo]:
    """What is missing before it can be filed: pages, papers, the signed form that was printed."""
    public_id = desk.public_id
    missing = [step for step in desk.journey.steps if not step.done and step.code != CHECK]
    todos = [Todo(_("%(title)s：还差“%(what)s”") % {"title": title, "what": step.title}, step.url) for step in missing]
    signed = any(file.paper == SIGNED_FORM for file in desk.files)
    if desk.application.paper_forms.exists() and not signed:
        todos.append(Todo(_("%(title)s：上传签名的申请表") % {"title": title}, reverse("helping:scans")))
    if not todos:
        url = reverse("applications:check", args=[public_id])
        todos.append(Todo(_("%(title)s：填好了，请检查并提交") % {"title": title}, url))
    return todos


def _waiting(application: Application, title: str, url: str) -> list[Todo]:
    """Who has it now, and until when."""
    if not application.is_open:
        return []
    holders = holders_of(application, events_of(application))
    due = min((timezone.localdate(one.due) for one in holders if one.due), default=None)
    told = {"title": title, "state": application.applicant_label}
    return [Todo(_("%(title)s：%(state)s") % told, url, due, waits=True)]
