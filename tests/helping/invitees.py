"""People on a county's roster who qualify for the waiver and never asked for it."""

import csv
import io

from helping.invites import inviting, matching, rosters
from helping.models import FactRoster, Invitation, Match, Matching
from helping.sheets.columns import NAME, NUMBER, headed
from people import recording
from people.models import Office, Person, User
from people.synthetic import synthetic_person
from project.demo import answers
from project.demo.directory import MENGZI
from tests import world

AT = world.START
SCHEME = "lottery-deposit-waiver"
STATED = rosters.Stated("市残疾人联合会", "核对押金减免", "示例条例第十条（测试）", 30)


def official() -> User:
    """Who looks for people at the county."""
    return world.user("county-reviewer")


def office() -> Office:
    """The federation's and the bureau's colleague sits here."""
    return Office.objects.get(function="hrss", division_id=MENGZI)


def person(n: int):
    """The n-th of them."""
    return synthetic_person(900 + n, MENGZI, (1970, 1990))


def asked() -> dict:
    """The columns of the scheme's roster."""
    return headed(rosters.questions_of(rosters.scheme_with(SCHEME).definition))


def cells(n: int, only: set[str] | None = None, **changes: object) -> list[str]:
    """One row; `only`: the questions it answers."""
    given = answers.waiver(person(n), MENGZI, "welfare", n) | changes
    return [person(n).name, person(n).id_number, *(_text(one, given, only) for one in asked().values())]


def _text(question, given, only) -> str:
    if question.name not in given or (only is not None and question.name not in only):
        return ""
    value = given[question.name]
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def as_csv(rows: list[list[str]]) -> bytes:
    """The rows as a file."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[NAME, NUMBER, *asked()], *rows])
    return out.getvalue().encode("utf-8-sig")


def roster(rows: list[list[str]] | None = None, stated: rosters.Stated = STATED) -> FactRoster:
    """A roster that was brought in."""
    content = as_csv(rows or [cells(0)])
    return rosters.bring(official(), office(), SCHEME, stated, content, AT)[0]


def matched(rows: list[list[str]] | None = None) -> Matching:
    """The rules were asked."""
    found = matching.start(official(), office(), SCHEME, [roster(rows).pk], AT)
    return Matching.objects.get(pk=found.pk)


def invitation(n: int = 0) -> Invitation:
    """Somebody was invited."""
    found = matched([cells(n)])
    match = Match.objects.get(matching=found)
    inviting.invite(official(), found.pk, [match.pk], AT)
    return Invitation.objects.get(id_index=match.id_index)


def on_record(n: int = 0) -> Person:
    """The n-th of them, on record."""
    return recording.person_with(person(n).id_number, person(n).name)


def account(n: int = 0, name: str = "applicant2") -> User:
    """The account of an invited person."""
    user = world.user(name)
    user.person = on_record(n)
    user.save()
    return user
