"""Answers: what the applicant and the officials filled in, encrypted with the case key."""

from dataclasses import replace
from datetime import date
from typing import Any

from applications import books
from applications.asking import ANSWERS, Asking, asking_of
from applications.models import Application
from people import vault
from schemes.assessing import Assessment, assess

ASSESSMENT = "assessment"


def read(application: Application) -> dict[str, Any]:
    """The answers in clear."""
    return vault.decrypt_json(application.data_key, application.answers, ANSWERS) if application.answers else {}


def write(application: Application, answers: dict[str, Any]) -> None:
    """Put answers into the case (not yet saved)."""
    application.answers = vault.encrypt_json(application.data_key, answers, ANSWERS)


def read_assessment(application: Application) -> dict[str, Any] | None:
    """The stored assessment in CONTRACT's JSON form, None before the first."""
    if not application.assessment:
        return None
    return vault.decrypt_json(application.data_key, application.assessment, ASSESSMENT)


def write_assessment(application: Application, assessment: Assessment) -> None:
    """Store an assessment and what lists need of it (not yet saved)."""
    application.assessment = vault.encrypt_json(application.data_key, assessment.as_json(), ASSESSMENT)
    application.eligible = assessment.eligible
    application.amount = assessment.amount


def facts_of(application: Application, answers: dict[str, Any], asked: Asking) -> dict[str, Any]:
    """The answers that `assess` judges under the definition asked by; questions not shown are left out."""
    facts = {}
    for question in asked.definition.facts():
        if question.name in answers and asked.shows(question):
            value = answers[question.name]
            if question.kind == "household":
                value = [_member_facts(question, member) for member in value]
            if question.kind == "school":
                value = application.subject_office.division_id if application.subject_office else None
            facts[question.as_fact] = value
    return facts


def _member_facts(question: Any, member: dict[str, Any]) -> dict[str, Any]:
    return {column.as_fact: member[column.name] for column in question.columns if column.fact and column.name in member}


def assess_now(application: Application, answers: dict[str, Any], today: date) -> Assessment:
    """Run the rules of the pinned version on the answers as they stand.

    The policy date is the day of first submission (or, for some schemes, a date among the facts).
    What the site itself knows of a limit counts where it is more than what was stated.
    Raises FactsError on answers that cannot be facts.
    """
    on, asked = application.policy_date or today, asking_of(application, answers, today)
    facts = facts_of(application, answers, asked)
    facts, told = books.compared(facts, _granted_before(application, answers, facts), asked.policy, on)
    found = assess(application.scheme_code, application.division_id, on, facts, version=application.scheme_version)
    return replace(found, outcome=replace(found.outcome, lines=(*found.lines, *told))) if told else found


def _granted_before(application: Application, answers: dict[str, Any], facts: dict[str, Any]) -> list[books.Granted]:
    """What was granted about the same matter; nothing is read where the scheme asks for nothing that is counted."""
    if not books.COUNTED.keys() & facts.keys():
        return []
    rows = [books.Granted(row, read(row)) for row in books.granted_before(application).select_related("data_key")]
    return [row for row in rows if books.same_matter(answers, row.answers)]


def missing_answers(application: Application, answers: dict[str, Any], today: date) -> list[str]:
    """Required questions of the applicant that are shown and not answered."""
    return [question.name for question in asking_of(application, answers, today).unanswered]
