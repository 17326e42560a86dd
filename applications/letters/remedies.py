"""Remedies 救济途径: how to object to an act, by the legal kind of who acted and of the scheme's relation to them.

An administrative organ is reviewed and sued; a public institution that keeps or ends a contract is not. Who acts by
entrustment 受委托 acts in another's name: the review and the court are those of the one that entrusted.
"""

from applications.door import Case
from papers.content import Section
from papers.wording import named, signer_of
from people.models import Office
from schemes.letter_book.standard import paragraphs_of
from schemes.letters import Remedy, fill
from schemes.texts import LocalText

HEADING = "救济途径"


def remedy_of(case: Case, office: Office) -> Section | None:
    """How to object to this office's act, as its paper says it; None where the scheme names no remedy for it."""
    words = remedy_in_words(case, office)
    return Section(HEADING, tuple(paragraphs_of(words.zh))) if words else None


def remedy_in_english(case: Case, office: Office) -> tuple[str, ...]:
    """The same for the courtesy copy; empty where there is none."""
    words = remedy_in_words(case, office)
    return tuple(paragraphs_of(words.en)) if words else ()


def remedy_in_words(case: Case, office: Office) -> LocalText | None:
    """The scheme's words for offices of this legal kind, with organ, review organ, court and periods filled in."""
    signer = signer_of(office)
    remedy = case.application.definition.remedies.get(legal_kind_of(office))
    return fill(remedy.text, _values(remedy, office, signer)) if remedy else None


def legal_kind_of(office: Office) -> str:
    """As what an office acts: its own legal kind by entrustment, else that of the organ in whose name it signs."""
    return office.legal_kind if _entrusted(office) else signer_of(office).legal_kind


def _entrusted(office: Office) -> bool:
    return office.legal_kind == Office.LegalKind.ENTRUSTED


def _values(remedy: Remedy, office: Office, signer: Office) -> dict[str, str | LocalText]:
    return {
        "organ": named(office if _entrusted(office) else signer),
        "review_organ": signer.review_organ,
        "court": signer.court,
        "review_days": str(remedy.review_days or ""),
        "suit_months": str(remedy.suit_months or ""),
    }
