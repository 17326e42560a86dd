"""Schemes and policy written as the files they could be loaded from: what is in force now, nothing of the past."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from people.models import Division
from schemes.building.case_files import cases_toml
from schemes.models import CaseBook, PolicyClause, PolicyDocument, PolicyValue, SchemeVersion
from schemes.publication.publishing_documents import CLAUSE_FIELDS, DOCUMENT_DAYS, DOCUMENT_TEXTS


def scheme_toml(version: SchemeVersion) -> str:
    """A version of a scheme with everything written out: it is complete, no shared text is laid under it."""
    return _toml({"complete": True, **version.content})


def division_toml(division: Division, *, with_texts: bool = True) -> str:
    """A division's documents, their clauses, and the values that rest on them, wherever those hold."""
    documents = list(PolicyDocument.objects.filter(division=division).order_by("in_force_from", "code"))
    content = {
        "division": division.pk,
        "documents": [_document(document, with_texts=with_texts) for document in documents],
        "schemes": [_offer(clause, division) for document in documents for clause in _clauses(document)],
    }
    return _toml(content)


def write_catalogue(room: Path, versions: list[SchemeVersion], divisions: list[Division]) -> int:
    """Write catalogue/, cases/, policies/ and documents/ into a directory; the number of files."""
    files: dict[Path, str] = {}
    for version in versions:
        files[room / "catalogue" / f"{version.scheme_id}.toml"] = scheme_toml(version)
    for book in CaseBook.objects.filter(version__in=versions).exclude(cases=[]).select_related("version"):
        files[room / "cases" / f"{book.version.scheme_id}.toml"] = cases_toml(book.version.scheme_id, book.cases)
    for division in divisions:
        files[room / "policies" / f"{division.pk}.toml"] = division_toml(division, with_texts=False)
        for document in PolicyDocument.objects.filter(division=division).exclude(text=""):
            files[room / "documents" / f"{document.code}.txt"] = document.text
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return len(files)


def _document(document: PolicyDocument, *, with_texts: bool) -> dict[str, Any]:
    days = {name: getattr(document, name) for name in DOCUMENT_DAYS}
    names = DOCUMENT_TEXTS if with_texts else [name for name in DOCUMENT_TEXTS if name != "text"]
    return {"code": document.code, **days, **{name: getattr(document, name) for name in names}}


def _clauses(document: PolicyDocument) -> list[PolicyClause]:
    return list(document.clauses.order_by("pk"))


def _offer(clause: PolicyClause, division: Division) -> dict[str, Any]:
    rows = clause.values.filter(successor__isnull=True).order_by("division_id", "name", "valid_from")
    return {
        "scheme": clause.scheme_id,
        "document": clause.document_id,
        "clause": clause.clause,
        **{name: getattr(clause, name) for name in CLAUSE_FIELDS},
        "values": [_value(row, division) for row in rows],
    }


def _value(row: PolicyValue, division: Division) -> dict[str, Any]:
    names = ("name", "value", "basis", "note", "valid_from", "valid_to")
    elsewhere = {"division": row.division_id} if row.division_id != division.pk else {}
    return elsewhere | {name: getattr(row, name) for name in names}


def _toml(content: Mapping[str, Any]) -> str:
    return tomli_w.dumps(_kept(content), multiline_strings=True)


def _kept(content: Any) -> Any:
    """Without what says nothing: TOML has no null, and empty texts and lists are what a file means by silence."""
    if isinstance(content, Mapping):
        return {name: _kept(value) for name, value in content.items() if value is not None}
    if isinstance(content, (list, tuple)):
        return [_kept(value) for value in content]
    return content
