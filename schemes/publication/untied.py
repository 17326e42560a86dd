"""Paragraphs of a document that no clause on record takes anything from."""

import re
from collections.abc import Iterable

BLANK = re.compile(r"\s+")


def untied_paragraphs(text: str, clauses: Iterable[str]) -> list[str]:
    """The paragraphs of a text in which no clause stands, in whole or in part; blanks and line ends do not matter."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    squeezed = [BLANK.sub("", paragraph) for paragraph in paragraphs]
    whole, starts, length = "".join(squeezed), [], 0
    for paragraph in squeezed:
        starts.append(length)
        length += len(paragraph)
    spans = [span for clause in set(clauses) if (span := _span(whole, clause))]
    return [
        paragraph
        for paragraph, start, plain in zip(paragraphs, starts, squeezed, strict=True)
        if not any(begins < start + len(plain) and start < ends for begins, ends in spans)
    ]


def _span(whole: str, clause: str) -> tuple[int, int] | None:
    """Where a clause stands in the text; None where it does not stand word for word."""
    plain = BLANK.sub("", clause)
    begins = whole.find(plain) if plain else -1
    return (begins, begins + len(plain)) if begins >= 0 else None
