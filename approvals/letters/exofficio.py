"""Papers of an ex officio case: prior notice, the measure, or that nothing is done.

The texts stand in the letter book, under the kind of the paper, and are the same for every scheme.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from applications.door import Case
from applications.letters.wording import variables
from applications.models import Application
from approvals.letters.building import from_book, issue_draft, remedy_of
from approvals.models import Decision, Proceeding
from benefits.models import Ground
from papers.capitals import amount_capitals
from papers.content import Section
from papers.models import Paper
from papers.wording import day_in_words, named
from people.models import Office
from schemes.letter_book import standard_letter
from schemes.texts import LocalText

Kind = Proceeding.Kind
PAPER_OF = {
    Kind.REVOKE: Paper.Kind.REVOCATION,
    Kind.STOP: Paper.Kind.STOP,
    Kind.REDUCE: Paper.Kind.REDUCTION,
    Kind.RECOVER: Paper.Kind.RECOVERY,
    Kind.REVIVE: Paper.Kind.STOP,
}
# The text of a measure stands in the letter book under the kind of its paper, but for these.
TEXT_OF = {Kind.REVIVE: "waiver_revived"}
# The wording of each measure in the letter book.
MEASURES = {
    Kind.REVOKE: "measure_revoke",
    Kind.STOP: "measure_stop",
    Kind.REDUCE: "measure_reduce",
    Kind.RECOVER: "measure_recover",
    Kind.REVIVE: "measure_revive",
}
REVIVED_FREE = "measure_revive_free"
# The events of the revival clause (agreement, clause 3) in the middle of a sentence.
GROUND_WORDS = {
    Ground.TRANSFERRED: LocalText(zh="代销点、摊位转让或者转租", en="the outlet or stall was transferred or sub-let"),
    Ground.NOT_IN_PERSON: LocalText(zh="不再由您本人经营", en="it is no longer run by you in person"),
    Ground.GAVE_UP: LocalText(zh="您不再从事这项经营", en="you no longer run it"),
    Ground.CERTIFICATE: LocalText(zh="您的残疾人证被注销", en="your disability certificate was cancelled"),
}
AND_RECOVER = "measure_and_recover"
ASKS_MONEY_BACK = frozenset({Kind.RECOVER, Kind.REVOKE})
NOTHING = LocalText(zh="", en="")


@dataclass(frozen=True)
class Terms:
    """What a measure rests on: the facts found, and document and clause."""

    facts: str
    clause: str


def prior_notice(case: Case, office: Office, proceeding: Proceeding, terms: Terms) -> Paper:
    """处理事先告知书: what is intended, why, by which clause, and until when one can answer."""
    sections = (_facts(terms), _basis(terms))
    values = _values(case, office, proceeding, due_on=day_in_words(proceeding.reply_due))
    return _issue(case, office, Paper.Kind.PRIOR_NOTICE, values, sections)


def measure(
    case: Case, office: Office, proceeding: Proceeding, terms: Terms, heard: tuple[str, ...], reason: str
) -> Paper:
    """The decision: facts, what was said and how it was answered, reasons, clause and remedies."""
    kind = PAPER_OF[Kind(proceeding.kind)]
    told = (_facts(terms), Section("陈述申辩和答复", heard), Section("理由", (reason,)), _basis(terms))
    remedy = remedy_of(case, office)
    old = decision_of(proceeding.about)
    supersedes = old.paper if proceeding.kind == Kind.REVOKE else None
    values = _values(case, office, proceeding)
    paying = _paying(case, office, proceeding)
    heading = "缴纳办法" if proceeding.kind == Kind.REVIVE else "退款办法"
    ending = (Section(heading, (paying.zh,)),) if paying.zh else ()
    sections = (*told, *ending, *((remedy,) if remedy else ()))
    code = TEXT_OF.get(Kind(proceeding.kind), kind)
    return _issue(case, office, kind, values, sections, supersedes, paying.en, code=code)


def no_action(case: Case, office: Office, proceeding: Proceeding, reason: str) -> Paper:
    """不予处理告知书."""
    values = _values(case, office, proceeding, reason=reason)
    return _issue(case, office, Paper.Kind.NO_ACTION, values, ())


def decision_of(about: Application) -> Decision:
    """The decision that granted what the case is about."""
    return about.decisions.select_related("paper", "office__signs_for").filter(kind="grant").latest("pk")


def in_words(proceeding: Proceeding, division_id: str, on: date) -> LocalText:
    """The measure as the papers of a division say it on a day."""
    amount = proceeding.amount
    words: dict[str, str | LocalText] = {
        "from_day": day_in_words(proceeding.effective_on),
        "sum": f"{amount:.2f}" if amount is not None else "",
        "capitals": amount_capitals(amount) if amount is not None else "",
        "ground": GROUND_WORDS[Ground(proceeding.ground)] if proceeding.ground else "",
    }
    free = proceeding.kind == Kind.REVIVE and amount is None
    said = _said(REVIVED_FREE if free else MEASURES[Kind(proceeding.kind)], words, division_id, on)
    if proceeding.kind == Kind.REVOKE and amount is not None:
        said = _said(AND_RECOVER, {**words, "measure": said}, division_id, on)
    return said


def _said(code: str, words: dict[str, str | LocalText], division_id: str, on: date) -> LocalText:
    return standard_letter(code, division_id, on).filled(words)[1]


def _values(case: Case, office: Office, proceeding: Proceeding, **given: str | LocalText) -> dict[str, str | LocalText]:
    known = {"old_number": decision_of(proceeding.about).paper.number}
    if proceeding.effective_on is not None:
        known["measure"] = in_words(proceeding, case.application.division_id, timezone.localdate(case.at))
    return variables(case, office) | known | given


def _facts(terms: Terms) -> Section:
    return Section("查明的事实", tuple(part.strip() for part in terms.facts.splitlines() if part.strip()))


def _basis(terms: Terms) -> Section:
    return Section("处理依据", (f"{terms.clause.rstrip('。')}。",))


def _issue(
    case: Case,
    office: Office,
    kind: str,
    values: dict[str, str | LocalText],
    sections: tuple[Section, ...],
    supersedes: Paper | None = None,
    english: str = "",
    *,
    code: str = "",
) -> Paper:
    parts: dict[str, Any] = {"english": (english,) if english else ()}
    machine = {"outcome": kind}
    parts["refers_to"] = values["old_number"]
    text = code or kind
    drafted = from_book(case, text, kind, values, sections=sections, machine=machine, supersedes=supersedes, **parts)
    return issue_draft(case, office, drafted)


def _paying(case: Case, office: Office, proceeding: Proceeding) -> LocalText:
    """How money is returned to us, or a deposit paid to the centre, where the measure asks for it; else nothing."""
    if proceeding.kind == Kind.REVIVE:
        return _paying_again(case, proceeding)
    if proceeding.kind not in ASKS_MONEY_BACK or proceeding.amount is None:
        return NOTHING
    words = {
        "you": variables(case, office)["you"],
        "sum": f"{proceeding.amount:.2f}",
        "capitals": amount_capitals(proceeding.amount),
        "office": named(office),
    }
    return _said("paying_back", words, case.application.division_id, timezone.localdate(case.at))


def _paying_again(case: Case, proceeding: Proceeding) -> LocalText:
    """What is to be paid to whom the contract names, and by when; nothing where no sum is due at once."""
    revival = proceeding.about.waiver.revival
    if not revival.amount:
        return NOTHING
    words: dict[str, str | LocalText] = {
        "pay_by": day_in_words(revival.pay_by),
        "sum": f"{revival.amount:.2f}",
        "capitals": amount_capitals(revival.amount),
    }
    return _said("paying_again", words, case.application.division_id, timezone.localdate(case.at))
