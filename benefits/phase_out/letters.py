"""Papers of the course of a phase-out: the reminder before its end, and what came of a change."""

from applications.door import Case
from applications.letters.issuing import from_book, issue_draft
from applications.letters.remedies import remedy_in_english, remedy_of
from applications.letters.wording import variables
from benefits.letters import granted_by, months_section
from benefits.models import ChangeOutcome, PhaseOut
from benefits.phase_out import facts
from papers.content import Section
from papers.glyphs import UnprintableCharacter
from papers.models import Paper
from papers.wording import day_in_words, month_in_words
from people import vault
from people.models import Office
from schemes.texts import LocalText

# Each effect with the text and the kind of its paper. assumed: a change of the sums is numbered with the reductions.
BOOK = {
    ChangeOutcome.Effect.ADJUSTED: ("phase_out_adjusted", Paper.Kind.REDUCTION),
    ChangeOutcome.Effect.REVERTED: ("phase_out_reverted", Paper.Kind.PHASE_OUT_END),
    ChangeOutcome.Effect.TERMINATED: ("phase_out_terminated", Paper.Kind.PHASE_OUT_END),
}


def changed(case: Case, phase_out: PhaseOut, outcome: ChangeOutcome) -> Paper | None:
    """The decision about a change, with the months as they are now and the remedies; None where nothing granted it or
    a name cannot be printed: what was settled holds all the same, and the last is put on record.
    """
    granted = granted_by(case)
    if granted is None:
        return None
    code, kind = BOOK[ChangeOutcome.Effect(outcome.effect)]
    reason = vault.decrypt(case.application.data_key, outcome.words, facts.SETTLED)
    told = {"reason": reason, "from_day": day_in_words(outcome.change.effective_month)}
    return _issue(case, granted, code, kind, _values(case, phase_out, granted) | told, str(outcome.effect))


def ending(case: Case, phase_out: PhaseOut) -> Paper | None:
    """渐退期即将结束告知书: when the last month ends, and what the family can do; None as above."""
    granted = granted_by(case)
    if granted is None:
        return None
    values = _values(case, phase_out, granted)
    return _issue(case, granted, "phase_out_ending", Paper.Kind.PHASE_OUT_END, values, "ending", decides=False)


def _values(case: Case, phase_out: PhaseOut, granted: Paper) -> dict[str, str | LocalText]:
    return variables(case, granted.office) | {
        "decision": granted.number,
        "months": str(phase_out.months),
        "first_month": month_in_words(f"{phase_out.first_month:%Y-%m}"),
        "last_month": month_in_words(f"{phase_out.last_month:%Y-%m}"),
    }


def _issue(
    case: Case,
    granted: Paper,
    code: str,
    kind: str,
    values: dict[str, str | LocalText],
    outcome: str,
    *,
    decides: bool = True,
) -> Paper | None:
    try:
        drafted = from_book(
            case,
            code,
            kind,
            values,
            sections=_sections(case, granted.office, decides=decides),
            english=remedy_in_english(case, granted.office) if decides else (),
            machine={"outcome": outcome},
            refers_to=granted.number,
            layout="letter",
        )
        return issue_draft(case, granted.office, drafted)
    except UnprintableCharacter as fault:
        case.record("phase_out.paper_unprintable", character=f"U+{ord(fault.character):04X}")
        return None


def _sections(case: Case, office: Office, *, decides: bool) -> tuple[Section, ...]:
    found = [months_section(case), remedy_of(case, office) if decides else None]
    return tuple(section for section in found if section is not None)
