"""Invented answers to any form, so that a case can be filed; whether it should be granted is the exercise."""

from datetime import date, timedelta
from random import Random
from typing import Any

from applications.localities import needs_township
from people.models import Division, Office
from people.synthetic import SyntheticPerson, synthetic_person
from schemes.definition import Question, SchemeDefinition

MONTHS_BACK = 14
HOUSEHOLD = 3
MOST_MONEY = 3000
MOST_NUMBER = 12
USCC = "91530000MA6K000005"
BANK = "中国农业银行"
WORDS = "演练内容"


class Inventor:
    """Answers for one case; the same number gives the same answers. `on` is the day of filing."""

    def __init__(self, definition: SchemeDefinition, division: Division, on: date, number: int) -> None:
        self.definition, self.division, self.on, self.number = definition, division, on, number
        self.chance = Random(f"{definition.code} {division.pk} {number}")  # noqa: S311 - an exercise, no secret
        self.person = self._person(number)

    def answers(self, asked_of: str = "applicant") -> dict[str, Any]:
        """An answer to each question of the applicant; "" where there is nothing to choose from."""
        return {question.name: self.answer(question) for question in self.definition.questions(asked_of)}

    def answer(self, question: Question) -> Any:
        """Something that can be answered."""
        if question.kind == "household":
            return [self._member(question, place) for place in range(HOUSEHOLD)]
        if question.kind == "components":
            return [{"component": self.chance.choice(question.choices).value, "cost": self._money()}]
        if question.choices:
            chosen = self.chance.choice(question.choices).value
            return [chosen] if question.kind == "choices" else chosen
        return self._plain(question, self.person)

    def _plain(self, question: Question, person: SyntheticPerson) -> Any:
        made = {
            "name": person.name,
            "id_number": person.id_number,
            "certificate": person.certificate,
            "phone": person.phone,
            "account": person.account,
            "bank": BANK,
            "uscc": USCC,
            "yes_no": self.chance.random() < 0.8,
            "money": self._money(),
            "integer": self.chance.randint(1, MOST_NUMBER),
            "percent": str(self.chance.randint(1, 5)),
            "date": (self.on - timedelta(days=self.chance.randint(1, 30 * MONTHS_BACK))).isoformat(),
            "division": self._place(question),
            "school": self._school(),
        }
        return made.get(question.kind, WORDS)

    def _member(self, question: Question, place: int) -> dict[str, Any]:
        person = self._person(self.number * HOUSEHOLD + place + 1) if place else self.person
        return {column.name: self._plain(column, person) for column in question.columns}

    def _person(self, number: int) -> SyntheticPerson:
        return synthetic_person(number, self.division.pk[:6], (self.on.year - 40, self.on.year - 20))

    def _money(self) -> str:
        return f"{self.chance.randint(1, MOST_MONEY)}.00"

    def _place(self, question: Question) -> str:
        if question.name == self.definition.case_division and needs_township(self.definition):
            offices = Office.objects.filter(function="township", division__county_id=self.division.pk)
            return self._one_of(list(offices.order_by("pk").values_list("division", flat=True))) or self.division.pk
        return self.division.pk

    def _school(self) -> Any:
        schools = Office.objects.filter(function="school", division=self.division).order_by("pk")
        return self._one_of(list(schools.values_list("pk", flat=True)))

    def _one_of(self, found: list[Any]) -> Any:
        return self.chance.choice(found) if found else ""
