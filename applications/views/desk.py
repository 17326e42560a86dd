"""What every page of one's own case begins with: the case, its answers and what it asks now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications import answers as answers_of
from applications import attachments, own, papers_due
from applications.asking import Asking, asking_of
from applications.forms import FieldContext
from applications.journey import Journey, journey_of
from applications.leave import Leave, leave_of
from applications.localities import places_for
from applications.models import Application, Attachment, TakenAnswer
from applications.own import Act
from applications.states import State
from people.access import applicant_required
from people.models import User
from people.refusals import Conflict, NotFound, Refused
from schemes.definition import PaperAsked

LONGEST_TOKEN = 9
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
View = Callable[..., HttpResponse]


def applicant_page(*methods: str) -> Callable[[View], View]:
    """A page for whoever is signed in, about their own cases; never kept by a browser or a proxy."""

    allowed = [*methods, *(["HEAD"] if "GET" in methods else [])]

    def decorate(view: View) -> View:
        return wraps(view)(applicant_required(never_cache(require_http_methods(allowed)(view))))

    return decorate


def applicant_render(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page in the applicants' house, also for an official who applies for somebody."""
    return render(request, template, {"house": "house-applicant", **context}, status=status)


@dataclass
class Desk:
    """One's own case, opened for a page at the time `now`."""

    user: User
    application: Application
    now: datetime

    @property
    def public_id(self) -> str:
        """The case's address."""
        return self.application.public_id

    @property
    def today(self) -> date:
        """The day, in Beijing."""
        return timezone.localdate(self.now)

    @property
    def is_editable(self) -> bool:
        """Whether the applicant may change anything now."""
        return self.application.state in EDITABLE

    @cached_property
    def may(self) -> Leave:
        """What the user is let do with it."""
        return leave_of(self.application, self.now)

    def require(self, act: Act) -> None:
        """Raise Refused, with the sentence that says who does it, for an act the user is not let do."""
        if not self.may.lets(act):
            raise Refused("".join(self.may.left_out), code="beyond_mandate")

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The answers in clear."""
        return answers_of.read(self.application)

    @cached_property
    def taken(self) -> dict[str, TakenAnswer]:
        """The answers that were taken over and not changed since, by question; of a draft only."""
        if self.application.state != State.DRAFT:
            return {}
        rows = self.application.taken_answers.select_related("source__scheme_version")
        return {row.name: row for row in rows}

    @cached_property
    def asked(self) -> Asking:
        """What the case asks now."""
        return asking_of(self.application, self.answers, self.today)

    @property
    def asked_in_all(self) -> Asking:
        """What the case asks as a whole, also while a correction or a short claim leads through some of it only."""
        return replace(self.asked, named_questions=None, kept_pages=frozenset())

    @cached_property
    def files(self) -> list[Attachment]:
        """The papers handed in."""
        return attachments.current(self.application)

    @cached_property
    def papers_there(self) -> frozenset[str]:
        """The papers that have a file, by code."""
        return frozenset(file.paper for file in self.files)

    @cached_property
    def promised(self) -> frozenset[str]:
        """The papers that were said to follow; asked for only where one of those asked for may."""
        following = any(paper.can_follow and paper.code not in self.papers_there for paper in self.asked.papers)
        return frozenset(papers_due.promised(self.application)) if following else frozenset()

    @cached_property
    def lacking(self) -> list[PaperAsked]:
        """The required papers that keep the case from being filed."""
        return papers_due.not_promised(papers_due.without_file(self.asked, self.papers_there), self.promised)

    @cached_property
    def awaited(self) -> list[papers_due.Outstanding]:
        """What a filed case still waits for, while it can be handed in."""
        if self.application.state not in papers_due.STILL_TAKEN:
            return []
        return papers_due.outstanding(self.application, self.today, self.papers_there)

    @property
    def following(self) -> frozenset[str]:
        """The papers that come later, by code: promised in a draft, awaited in a filed case."""
        if self.application.state == State.DRAFT:
            return self.promised - self.papers_there
        return frozenset(one.paper.code for one in self.awaited)

    @cached_property
    def journey(self) -> Journey:
        """The walk through the form."""
        return journey_of(self.application, self.asked, papers_done=not self.lacking)

    def field_context(self) -> FieldContext:
        """What form fields need of this case."""
        places = places_for(self.application.definition, self.today)
        return FieldContext(self.today, not self.application.for_other, self.asked.policy, places)

    def reopened(self) -> "Desk":
        """The same case as it stands after something was saved."""
        return open_desk(self.user, self.public_id, self.now)

    def require_editable(self) -> None:
        """Raise Conflict when the case has left the applicant's hands."""
        if not self.is_editable:
            raise Conflict(_("申请已提交，现在不能修改这项内容。"), code="not_editable")


def open_desk(user: User, public_id: str, now: datetime | None = None) -> Desk:
    """The user's own case; for everybody else it does not exist (NotFound)."""
    related = ("scheme_version", "division", "subject_office", "subject", "organisation", "data_key")
    application = own.cases_of(user, now).select_related(*related).filter(public_id=public_id).first()
    if application is None:
        raise NotFound()
    application.filed_by = user
    return Desk(user, application, now or timezone.now())


def token_of(request: HttpRequest) -> int:
    """The version of the case the page was made from. Raises Conflict for a page that sends none."""
    given = request.POST.get("version", "")
    if not (given.isascii() and given.isdecimal() and len(given) <= LONGEST_TOKEN):
        raise Conflict(code="stale")
    return int(given)
