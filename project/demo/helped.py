"""Helping shown: somebody at a counter, a school's graduates, and people found on a roster, one of them invited."""

import csv
import io
from datetime import datetime
from typing import Any

from helping.counter import filing, visiting
from helping.invites import inviting, matching, rosters
from helping.models import CounterVisit, Mandate, Match
from helping.schools import bringing, runs
from helping.sheets.columns import NAME, NUMBER, headed
from helping.standing import Terms
from people.models import Office, User
from people.synthetic import SyntheticPerson, synthetic_person
from project.demo import answers
from project.demo.directory import MENGZI
from schemes.definition import Question

GRANT, WAIVER = "grad-jobseeking", "lottery-deposit-waiver"
STUDENTS, ON_THE_ROSTER, FIRST = 4, 4, 7000


def build(users: dict[str, User], at: datetime) -> None:
    """A little of each; nothing where it was built before."""
    if CounterVisit.objects.exists():
        return
    _counter(users["township"], at)
    _school(users["school"], at)
    _roster(users["county-reviewer"], at)


def _counter(clerk: User, at: datetime) -> None:
    person = synthetic_person(FIRST, MENGZI, (1975, 1990))
    office = visiting.offices_of(clerk, at)[0]
    visit, _new = visiting.start(clerk, office, person.name, person.id_number, at)
    how = "在窗口逐句读过，本人点头同意。"
    terms = Terms(Mandate.Kind.COUNTER, Mandate.Way.ORAL, helper=clerk, office=office, witness="见证人乙", how=how)
    visiting.consent(clerk, visit.public_id, terms, at)
    filing.begin(clerk, visit.public_id, WAIVER, at)


def _school(clerk: User, at: datetime) -> None:
    school = Office.objects.filter(function="school", division_id=MENGZI, run_by="county").order_by("pk").first()
    questions = bringing.questions_of(bringing.scheme_with(GRANT).definition)
    people = [synthetic_person(FIRST + 10 + n, MENGZI, (1999, 2005)) for n in range(STUDENTS)]
    rows = [(one, answers.grant(one, school, at.date(), n)) for n, one in enumerate(people)]
    batch, _new = bringing.bring(clerk, school, GRANT, _file(questions, rows), at)
    runs.confirm(clerk, batch.pk, at)


def _roster(official: User, at: datetime) -> None:
    office = Office.objects.get(function="hrss", division_id=MENGZI)
    questions = rosters.questions_of(rosters.scheme_with(WAIVER).definition)
    people = [synthetic_person(FIRST + 30 + n, MENGZI, (1970, 1990)) for n in range(ON_THE_ROSTER)]
    rows = [(one, answers.waiver(one, MENGZI, "welfare", n, operates_in_person=n != 1)) for n, one in enumerate(people)]
    stated = rosters.Stated("市残疾人联合会", "核对福彩、体彩站点押金减免", "示例办法第三条（演示数据）", 30)
    roster, _new = rosters.bring(official, office, WAIVER, stated, _file(questions, rows), at)
    found = matching.start(official, office, WAIVER, [roster.pk], at)
    first = Match.objects.filter(matching=found, verdict=Match.Verdict.ELIGIBLE).order_by("pk").first()
    if first is not None:
        inviting.invite(official, found.pk, [first.pk], at)


def _file(questions: list[Question], rows: list[tuple[SyntheticPerson, dict[str, Any]]]) -> bytes:
    """The rows as somebody would have filled in the template."""
    asked, out = headed(questions), io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([NAME, NUMBER, *asked])
    writer.writerows([one.name, one.id_number, *(_cell(q, told) for q in asked.values())] for one, told in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(question: Question, told: dict[str, Any]) -> str:
    value = told.get(question.name, "")
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)
