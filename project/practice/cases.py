"""Invented cases of a practice site, filed through the same door as real ones."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from applications import actions, attachments, papers_due
from people.models import Division, User
from people.refusals import Refused
from project.demo.pictures import card
from project.practice.inventing import Inventor
from schemes.definition import APPLICANT, SchemeDefinition
from schemes.models import Scheme, current_version
from schemes.policies import resolve_all

FILER = "practice-applicant"
DAYS_BACK = 3
# Invented answers do not fit every form; how often another set is tried before a scheme is left out.
TRIES = 8


def filer(password: str) -> User:
    """The one account that files the invented cases, and shows the applicant's side."""
    user, made = User.objects.get_or_create(username=FILER, defaults={"full_name": "演练申请人"})
    if made:
        user.set_password(password)
        user.save(update_fields=["password"])
    return user


def invent(division: Division, each: int, user: User, at: datetime) -> Counter[str]:
    """File `each` cases of every scheme offered in a division; how many of each scheme came about."""
    filed: Counter[str] = Counter()
    for definition in offered(division, timezone.localdate(at)):
        for number in range(each * TRIES):
            if filed[definition.code] < each and _file(definition, division, number, user, at):
                filed[definition.code] += 1
    return filed


def offered(division: Division, on: date) -> Iterator[SchemeDefinition]:
    """Schemes somebody can apply for there on that day."""
    versions = [current_version(code) for code in Scheme.objects.order_by("pk").values_list("pk", flat=True)]
    definitions = [version.definition for version in versions if version and version.definition.can_be_filed]
    policies = resolve_all(definitions, division.pk, on)
    yield from (one for one in definitions if policies[one.code].status == "in_force")


def _file(definition: SchemeDefinition, division: Division, number: int, user: User, at: datetime) -> bool:
    """File one case; False where these answers cannot be filed, which leaves a draft behind."""
    day = at - timedelta(days=number % DAYS_BACK)
    inventor = Inventor(definition, division, timezone.localdate(day), number)
    try:
        case = actions.begin(user, definition.code, day)
        actions.save_answers(user, case.public_id, inventor.answers(APPLICANT), day)
        case.refresh_from_db()
        for paper in papers_due.missing_papers(case, day):
            attachments.add(user, case.public_id, paper.code, card(paper.label.zh), day)
        actions.submit(user, case.public_id, day)
    except Refused:
        return False
    return True
