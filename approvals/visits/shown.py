"""What pages show of visits: whom to see and where, numbers masked; the record; the panel beside the case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.models import Application
from applications.naming import name_in
from applications.readback import Places, in_words, places_in
from approvals.models import Visit
from approvals.visits import photos, planning, reporting
from people import vault
from schemes.definition import APPLICANT, Question

NUMBERS = frozenset({"phone"})
ADDRESS = "address"


@dataclass(frozen=True)
class Detail:
    """One line of where to go or whom to call. `masked`: a number shown in part."""

    label: str
    text: str
    masked: bool = False


@dataclass(frozen=True)
class Stop:
    """One visit of a route: whom to see, and where. `details` is None where the answers cannot be opened."""

    visit: Visit
    name: str
    details: tuple[Detail, ...] | None


@dataclass(frozen=True)
class Photo:
    """A photo as its record shows it."""

    public_id: str
    caption: str
    taken_at: Any


@dataclass(frozen=True)
class Record:
    """What was found on a visit. `readable` is False where it cannot be opened."""

    findings: str
    refusal: str
    photos: tuple[Photo, ...]
    readable: bool = True


def stop_of(visit: Visit) -> Stop:
    """One visit with name, address and masked phone from the case's answers."""
    application = visit.application
    try:
        answers = answers_of.read(application)
    except vault.VaultError:
        return Stop(visit, application.applicant_name, None)
    return Stop(visit, name_in(application, answers), tuple(_details(application, answers)))


def _details(application: Application, answers: Mapping[str, Any]) -> list[Detail]:
    asked = [one for one in application.definition.questions(APPLICANT) if _leads_there(one) and answers.get(one.name)]
    places = places_in(asked, answers)
    return [_detail(question, answers[question.name], places) for question in asked]


def _leads_there(question: Question) -> bool:
    return question.kind in {*NUMBERS, "division"} or question.name.endswith(ADDRESS)


def _detail(question: Question, value: Any, places: Places) -> Detail:
    text = in_words(question, value, places, masked=True)
    return Detail(str(question.label), text, masked=question.kind in NUMBERS)


def stage_words(visit: Visit) -> str:
    """What they go for: the stage of the case, or an instalment of what was granted."""
    if visit.stage == planning.AFTER_DECISION:
        return _("分期节点核查")
    return str(visit.application.definition.stage(visit.stage).label)


def record_of(visit: Visit) -> Record:
    """The record of a visit that was reported."""
    try:
        shown = tuple(_photo(photo, visit) for photo in visit.photos.all())
        return Record(reporting.findings_of(visit), reporting.refusal_of(visit), shown)
    except vault.VaultError:
        return Record("", "", (), readable=False)


def _photo(photo, visit: Visit) -> Photo:
    return Photo(str(photo.public_id), photos.caption_of(photo, visit), photo.taken_at)


def visits_of(application: Application) -> list[Visit]:
    """The visits of a case, the latest first, for the page the case is decided on."""
    visits = Visit.objects.filter(application=application).select_related("first_official", "second_official")
    return list(visits.order_by("-planned_on", "-pk"))
