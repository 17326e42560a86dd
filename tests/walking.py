"""Any scheme walked from the form to the decision, in any place, by officials appointed for the walk."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from applications.localities import needs_township
from approvals import decide, notices
from approvals.models import PublicNotice
from approvals.said import Answered
from benefits.models import Budget
from people.models import Division, Office, User
from people.posts import appoint
from people.synthetic import synthetic_person
from project.demo.clerks import Case
from schemes.definition import APPLICANT, Question, SchemeDefinition
from schemes.models import current_version
from tests import casebooks, institution, world
from workflows.models import WorkItem

SHANGHAI_TIME = ZoneInfo("Asia/Shanghai")
OUTCOMES = {"accept": "accept", "review": "agree", "countersign": "agree", "confirm": "confirm", "file": "file"}
SINCE = date(2020, 1, 1)


@dataclass
class Walk:
    """One scheme in one place on one day, with the facts of its case book."""

    definition: SchemeDefinition
    division: str
    on: date
    facts: dict[str, Any]

    def __post_init__(self) -> None:
        self.at = datetime.combine(self.on, time(10), SHANGHAI_TIME)

    def to_the_decision(self) -> Case:
        """File the form and let everybody say yes."""
        self.staff()
        case = Case(world.user("applicant"), self.definition.code, self.answers(), self.at).submit()
        for _step in range(12):
            if not self.step(case):
                return case
        raise AssertionError("the route does not end")

    def step(self, case: Case) -> bool:
        """One official, or the clock, moves the case; False when nothing is left to do."""
        notice = PublicNotice.objects.filter(application=case.application, ended_at__isnull=True).first()
        if notice is not None:
            case.at = max(case.at, notice.ends_at)
            notices.end(case.public_id, case.later())
            return True
        item = WorkItem.objects.filter(case_id=case.application.pk, closed_at__isnull=True).order_by("pk").first()
        if item is None:
            return False
        seat = item.seat if self.definition.stage(item.stage).seats else ""
        at = case.later()
        decide.act(User.objects.get(username=f"walk-{item.stage}-{seat}"), item.pk, self.said(item, at.date()), at)
        return True

    def said(self, item: WorkItem, today: date) -> decide.Said:
        """What is said at a stage."""
        given = {one.name: self.entry(one, today) for one in self.definition.questions(item.stage)}
        if item.kind != "decide":
            return decide.Said(OUTCOMES[item.kind], text="经核，符合条件。", entries=given)
        if self.definition.offered_as != "refer":
            return decide.Said("grant", text="准予。", entries=given)
        answered = Answered(by="主管单位", on=today, number="答〔2026〕1号")
        return decide.Said("answer_yes", text="同意办理。", entries=given, answered=answered)

    def entry(self, question: Question, today: date) -> Any:
        """What an official enters: the fact of the case book, or something that can be."""
        if question.as_fact in self.facts:
            return _json(self.facts[question.as_fact])
        return today.isoformat() if question.kind == "date" else self.invented(question)

    def answers(self) -> dict[str, Any]:
        """What the applicant fills in."""
        return {question.name: self.answer(question) for question in self.definition.questions(APPLICANT)}

    def answer(self, question: Question) -> Any:
        """The fact of the case book; for the rest something that can be."""
        if question.kind == "school":
            return self.school().pk
        if question.name == self.definition.case_division:
            return self.division
        if question.kind == "household":
            return [self.member(question, index, member) for index, member in enumerate(self.facts[question.as_fact])]
        if question.fact and question.as_fact in self.facts:
            return _json(self.facts[question.as_fact])
        return self.invented(question)

    def invented(self, question: Question) -> Any:
        """An answer that decides nothing."""
        person = synthetic_person(41, "532503", (1980, 2000))
        known = {
            "name": person.name,
            "id_number": person.id_number,
            "certificate": person.certificate,
            "phone": person.phone,
            "account": person.account,
            "bank": "中国农业银行",
            "division": self.division,
            "date": self.on.isoformat(),
            "yes_no": True,
            "money": "100.00",
            "integer": 1,
            "percent": "1",
            "uscc": institution.code_of(),
        }
        if question.choices:
            first = question.choices[0].value
            return [first] if question.kind == "choices" else first
        return known.get(question.kind, "说明")

    def member(self, question: Question, index: int, member: dict[str, Any]) -> dict[str, Any]:
        """One member of the household, the first its head."""
        plain = {name: _json(value) for name, value in member.items()}
        named = {column.name: plain.get(column.as_fact, self.invented(column)) for column in question.columns}
        return {**named, "name": f"王{'一二三四五六七八九'[index]}", **plain}

    def staff(self) -> None:
        """Offices of the route in this place, an official for each seat, and money."""
        for stage in self.definition.stages:
            for place in stage.seats or (stage,):
                office = self.office(place.office_function(self.facts | {"run_by": "county"}), place.level)
                name = f"walk-{stage.code}-{place.code if stage.seats else ''}"
                user, _made = User.objects.get_or_create(username=name, defaults={"full_name": name})
                if place.role is not None:
                    appoint(user, office, place.role, SINCE)
        for year in {self.on.year, self.on.year + 1, self.on.year + 2}:
            Budget.objects.get_or_create(
                scheme_code=self.definition.code,
                division_id=self.division,
                year=year,
                defaults={"document": f"示例财预〔{year}〕9号", "amount": Decimal("9000000.00")},
            )

    def school(self) -> Office:
        """A school of the place that the county runs."""
        return self.office("school", "subject_office")

    def office(self, function: str, level: str) -> Office:
        """The office of this kind; founded for the walk where the directory has none."""
        division = Division.objects.get(pk=self.division)
        code = self.division if level == "subject_office" else division.at_level(level)
        code = code or (division.province_id if level == "prefecture" else self.division)
        found = Office.objects.filter(division_id=code, function=function)
        if function == "school":
            found = found.filter(run_by="county")
        made = Division.objects.get(pk=code)
        return found.first() or Office.objects.create(
            division=made,
            function=function,
            name=f"{made.name}{function}",
            legal_kind="administrative",
            organ_mark=f"{made.name}{function}",
            document_prefix=f"走{code}{function}"[:20],
            run_by="county" if function == "school" else "",
            review_organ=f"{made.name}人民政府",
            court=f"{made.name}人民法院",
        )


def of(scheme: str) -> Walk:
    """The walk of a scheme as the first case of its book that is met has it."""
    version = current_version(scheme)
    case = casebooks.eligible_case(scheme)
    facts = dict(case.facts)  # a walk may change them; the book is read once for all tests
    return Walk(version.definition, place_in(case.division, version.definition), case.on, facts)


def place_in(division: str, definition: SchemeDefinition) -> str:
    """Where a case can be filed in a division: a county of it, or a township where one has to act."""
    wanted = "township" if needs_township(definition) else "county"
    found = Division.objects.get(pk=division)
    if found.at_level(wanted):
        return division
    place = first_inside(found, wanted)
    if place is None:
        county = found if found.at_level("county") else first_inside(found, "county")
        return made_township(county).pk
    return place.pk


def first_inside(division: Division, level: str) -> Division | None:
    """The first division of a level inside another; None where none is on record."""
    inside = Division.objects.filter(level=level, retired=False, **{f"{division.level}_id": division.pk})
    return inside.order_by("pk").first()


def made_township(county: Division) -> Division:
    """A township of a county whose townships are not on record. A municipality has no prefecture: that stays empty."""
    columns = {f"{level}_id": county.at_level(level) for level in ("county", "prefecture", "province")}
    return Division.objects.create(pk=f"{county.pk}999", name="示范镇", level="township", parent=county, **columns)


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_json(item) for item in value]
    return {name: _json(item) for name, item in value.items()} if isinstance(value, dict) else value
