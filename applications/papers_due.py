"""Which papers of a case are still due: asked for, required and without a file; and which of them were promised."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from applications import answers as answers_of
from applications.asking import Asking, asking_of, further_papers
from applications.models import Application, PaperToFollow
from applications.states import State
from schemes.definition import PaperAsked

# assumed: no document names a time for papers that follow; the provinces' rules on 容缺受理 give 5 to 20 working days.
DAYS_TO_FOLLOW = timedelta(days=15)
# While somebody works on the case. In a correction the papers are those the correction names.
STILL_TAKEN = frozenset({State.SUBMITTED, State.ACCEPTED, State.IN_REVIEW})


@dataclass(frozen=True)
class Outstanding:
    """A paper that was promised and has not come. `due_on` is None while the case is a draft; `late`: it has passed."""

    paper: PaperAsked
    due_on: date | None
    late: bool


def missing_papers(application: Application, at: datetime) -> list[PaperAsked]:
    """Required papers that are asked for and have no file, whether they were promised or not."""
    asked = asking_of(application, answers_of.read(application), timezone.localdate(at))
    return without_file(asked, files_there(application))


def lacking_papers(application: Application, at: datetime) -> list[PaperAsked]:
    """The one rule of filing: required papers that have no file and were not promised where they may follow."""
    return not_promised(missing_papers(application, at), promised(application))


def lacking_further(application: Application, at: datetime) -> list[PaperAsked]:
    """The one rule of answering a correction: what the new answers call for beside what it names has a file."""
    asked = asking_of(application, answers_of.read(application), timezone.localdate(at))
    further = further_papers(application, replace(asked, named_questions=None))
    there = files_there(application) if further else frozenset()
    return [paper for paper in application.definition.papers_asked if paper.code in further - there]


def files_there(application: Application) -> frozenset[str]:
    """The papers that have a file, by code."""
    return frozenset(application.attachments.filter(replaced_at__isnull=True).values_list("paper", flat=True))


def promised(application: Application) -> dict[str, date | None]:
    """The papers that were promised, each with the day until when."""
    return dict(PaperToFollow.objects.filter(application=application).values_list("paper", "due_on"))


def without_file(asked: Asking, there: Iterable[str]) -> list[PaperAsked]:
    """The required papers of those asked for that are not there."""
    there = set(there)
    return [paper for paper in asked.papers if paper.required and paper.code not in there]


def not_promised(missing: Iterable[PaperAsked], promises: Iterable[str]) -> list[PaperAsked]:
    """Of missing papers those nobody promised, or that may not follow."""
    given = set(promises)
    return [paper for paper in missing if not (paper.can_follow and paper.code in given)]


def outstanding(application: Application, today: date, there: Iterable[str] | None = None) -> list[Outstanding]:
    """What was promised and has not come, in the scheme's order. `there`: codes of papers with a file, where known."""
    promises = promised(application)
    if not promises:
        return []
    come = files_there(application) if there is None else frozenset(there)
    waits = [one for one in application.definition.papers_asked if one.code in promises and one.code not in come]
    return [Outstanding(one, promises[one.code], _is_past(promises[one.code], today)) for one in waits]


def _is_past(day: date | None, today: date) -> bool:
    return day is not None and day < today


def settle(application: Application, at: datetime) -> None:
    """When the case is filed: what is still missing gets its last day, promises that are no longer needed go."""
    missing = [paper.code for paper in missing_papers(application, at)]
    promises = PaperToFollow.objects.filter(application=application)
    promises.exclude(paper__in=missing).delete()
    promises.update(due_on=timezone.localdate(at) + DAYS_TO_FOLLOW)
