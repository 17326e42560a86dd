"""What a policy file holds: documents of one division, clauses word for word, and dated values."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, Self

from pydantic import model_validator

from schemes.rules.texts import Frozen


class DocumentFile(Frozen):
    """A policy document as a file holds it; `text` is read from documents/<code>.txt beside it."""

    code: str
    title: str
    number: str
    issuer: str
    dated: date | None = None
    published: date | None = None
    in_force_to: date | None = None
    source: Literal["official", "repost", "memory"]
    note: str = ""
    text: str = ""

    @model_validator(mode="after")
    def _has_a_beginning(self) -> Self:
        if self.dated is None and self.published is None:
            raise ValueError(f"{self.code}: dated or published is needed")
        return self

    @property
    def in_force_from(self) -> date:
        """Its date; its publication day where it has none."""
        found = self.dated or self.published
        if found is None:
            raise ValueError(f"{self.code}: dated or published is needed")
        return found


class ValueFile(Frozen):
    """A policy value as a file holds it; in force as long as its document unless it says otherwise.

    `division`: where it holds, when that is not the file's own: a county that goes by a clause of its province.
    """

    name: str
    value: Any
    basis: Literal["stated", "assumed"]
    note: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    division: str = ""

    @model_validator(mode="after")
    def _says_what_it_rests_on(self) -> Self:
        if self.basis == "assumed" and not self.note:
            raise ValueError(f"{self.name}: an assumed value says in its note what it rests on")
        return self


class OfferFile(Frozen):
    """A scheme a division offers: the clause word for word, and the values.

    `offered_as` "inform": this clause only sets a target, or only announces a policy: nothing can be filed on it.
    """

    scheme: str
    document: str
    clause: str
    text: str
    strength: Literal["shall", "may", "general", "explore", "planned"]
    responsible: str = ""
    target: str = ""
    note: str = ""
    offered_as: Literal["", "inform"] = ""
    values: tuple[ValueFile, ...] = ()


class PolicyFile(Frozen):
    """Everything on record for one division."""

    division: str
    documents: tuple[DocumentFile, ...]
    schemes: tuple[OfferFile, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        known = {document.code for document in self.documents}
        for offer in self.schemes:
            if offer.document not in known:
                raise ValueError(f"{offer.scheme}: document {offer.document} is not in this file")
        clash = next(overlapping(self), None)
        if clash:
            raise ValueError(clash)
        return self

    def document(self, code: str) -> DocumentFile:
        """The document of this code. Raises KeyError."""
        return {document.code: document for document in self.documents}[code]


def period(value: ValueFile, document: DocumentFile) -> tuple[date, date | None]:
    """From when to when a value is in force."""
    return value.valid_from or document.in_force_from, value.valid_to or document.in_force_to


def overlapping(policy: PolicyFile) -> Iterator[str]:
    """Values of one name whose periods overlap."""
    seen: dict[tuple[str, str, str], list[tuple[date, date | None]]] = {}
    for offer in policy.schemes:
        for value in offer.values:
            starts, ends = period(value, policy.document(offer.document))
            earlier = seen.setdefault((offer.scheme, value.division, value.name), [])
            if any(starts <= (end or date.max) and start <= (ends or date.max) for start, end in earlier):
                yield f"{offer.scheme}: {value.name} is given twice for the same days"
            earlier.append((starts, ends))
