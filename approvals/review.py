"""Everything the review page shows of one case, put together once; what cannot be opened is said, not hidden."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications import attachments, papers_due
from applications.asking import Asking, asking_of
from applications.models import Application, Attachment
from applications.naming import name_in
from applications.papers_due import Outstanding
from approvals import scope, together
from approvals.history.entries import RoundHistory, readable
from approvals.history.filings import answers_of_round
from approvals.history.story import history_of
from approvals.models import Objection
from approvals.review_assessment import Judged, judged, policy_for
from approvals.review_facts import Section, places_of, sections_of
from approvals.seats import Seat, seat_of
from approvals.together import Together
from benefits.exclusions import Finding, findings
from benefits.quotas import places_left
from papers.models import Paper
from people import vault
from people.finding import one_of
from people.models import User
from schemes.facts import policy_day
from schemes.policies import ResolvedPolicy
from workflows.tracing import Step, trace


@dataclass(frozen=True)
class File:
    """One paper handed in. `fresh`: it came with the latest correction; `replaced`: it was taken back since."""

    public_id: str
    label: str
    name: str
    size: int
    content_type: str
    fresh: bool
    replaced: bool


@dataclass(frozen=True)
class RaisedObjection:
    """One objection that waits for an answer, or that the reader answered: whoever objected has to be told still.

    `result` is "" while it waits.
    """

    raised_at: datetime
    text: str
    contact: str
    result: str = ""


@dataclass(frozen=True)
class Review:
    """One case as its reviewer reads it. `answers` is None where they cannot be opened: nobody can act on them."""

    application: Application
    seat: Seat
    answers: Mapping[str, Any] | None
    policy: ResolvedPolicy | None
    asking: Asking | None
    judged: Judged | None
    sections: list[Section] = field(default_factory=list)
    rounds: list[RoundHistory] = field(default_factory=list)
    route: list[Step] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    awaited: list[Outstanding] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    objections: list[RaisedObjection] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    places_left: int | None = None
    together: Together = field(default_factory=Together)

    @property
    def name(self) -> str:
        """The name in the case's own answers; as recorded where they cannot be opened."""
        return name_in(self.application, self.answers or {})

    @property
    def name_doubt(self) -> str:
        """What to look at where another case knows the same organisation or person by another name; "" otherwise."""
        recorded = self.application.applicant_name
        if recorded == self.name:
            return ""
        if self.application.by_organisation:
            return _("另一份申请中，同一统一社会信用代码的单位名称是“%(name)s”，请对照证照核对。") % {"name": recorded}
        return _("另一份申请中，同一身份证号码的姓名与此不同，请对照证件核对。")

    @property
    def may_act(self) -> bool:
        """Whether the decision form is shown."""
        return self.seat.may_act and self.answers is not None and bool(self.seat.outcomes)


def case_for(user: User, public_id: str, at: datetime) -> Application:
    """The case, if the user may see it. Raises NotFound, which tells no name and no state."""
    related = ("subject", "organisation", "filed_by", "division", "scheme_version", "data_key", "subject_office")
    return one_of(scope.visible_cases(user, at).select_related(*related), public_id=public_id)


def load(user: User, application: Application, at: datetime, wanted: int | None = None) -> Review:
    """Gather the case. `wanted` is the item a page was opened for, where there are several."""
    answers, stored = _opened(application)
    definition, today = application.definition, timezone.localdate(at)
    on = policy_day(definition, answers or {}, application.policy_date or today)
    policy = policy_for(application.definition, application.division_id, on)
    seat = seat_of(user, application, at, wanted)
    beside = together.load(user, application, seat, at)
    return Review(
        application=application,
        seat=seat,
        answers=answers,
        policy=policy,
        asking=asking_of(application, answers, today) if answers is not None else None,
        judged=judged(definition, stored, policy) if stored else None,
        sections=_sections(application, answers) if answers is not None else [],
        rounds=history_of(application, definition, beside.entries),
        route=trace(application.process_ref, definition) if application.process_ref else [],
        files=_files(application),
        awaited=papers_due.outstanding(application, today),
        papers=list(papers_of(application)),
        objections=_objections(user, application),
        findings=findings(application) if application.is_open else [],
        places_left=places_left(application),
        together=beside,
    )


def papers_of(application: Application) -> QuerySet[Paper]:
    """The papers issued in a case, the latest first."""
    return Paper.objects.filter(case_ref=application.public_id).order_by("-pk")


def _opened(application: Application) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Answers and stored assessment; both None where the answers cannot be opened."""
    try:
        return answers_of.read(application), answers_of.read_assessment(application)
    except vault.VaultError:
        return None, None


def _sections(application: Application, answers: Mapping[str, Any]) -> list[Section]:
    filed = list(application.rounds.order_by("-number")[:2])
    before = answers_of_round(filed[1], application.data_key) if len(filed) > 1 else None
    places = places_of(list(application.definition.questions()), answers)
    return sections_of(application.definition, answers, before, places)


def _files(application: Application) -> list[File]:
    beside = {code: str(label) for code, label in attachments.BESIDE.items()}
    labels = beside | {paper.code: str(paper.label) for paper in application.definition.papers_asked}
    return [_file(attachment, application, labels) for attachment in application.attachments.order_by("paper", "pk")]


def _file(attachment: Attachment, application: Application, labels: Mapping[str, str]) -> File:
    return File(
        public_id=str(attachment.public_id),
        label=labels.get(attachment.paper, attachment.paper),
        name=_name(attachment, application),
        size=attachment.size,
        content_type=attachment.content_type,
        fresh=application.round > 1 and attachment.round == application.round,
        replaced=attachment.replaced_at is not None,
    )


def _name(attachment: Attachment, application: Application) -> str:
    try:
        return attachments.name_of(attachment, application)
    except vault.VaultError:
        return ""


def _objections(user: User, application: Application) -> list[RaisedObjection]:
    """Who objected is shown to those who have to answer it, and from then on to whoever did."""
    key = application.data_key
    theirs = Q(handled_at__isnull=True) | Q(handled_by=user)
    found = Objection.objects.filter(theirs, notice__application=application)
    return [
        RaisedObjection(
            objection.raised_at,
            readable(key, objection.text, "objection"),
            readable(key, objection.contact, "objection"),
            objection.get_result_display() if objection.handled_at else "",
        )
        for objection in found
    ]
