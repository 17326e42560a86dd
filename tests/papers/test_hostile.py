"""Hostile text in every field of a paper: it stays text, nothing is asked for, nothing of the machine is told."""

import io
from dataclasses import fields, replace

import pikepdf
import pytest

from papers import glyphs, rendering
from papers.content import PaperContent, Section, SigningLine, Table
from papers.glyphs import UnprintableCharacter
from papers.rendering import ALLOWED, LockedFetcher
from tests.papers import samples
from tests.papers.engines import text_of

SECRET = "XYZZY0123456789"
HOSTILE = {
    "HTML": '<img src="{address}/a.png"><script src="{address}/a.js"></script><iframe src="{address}/"></iframe>',
    "an attribute": '" style="background:url({address}/a.png)" onload="x',
    "a style sheet": "</title></style><style>@import url({address}/a.css);p{{content:url({address}/b.png)}}</style>",
    "a CSS address": "url({address}/a.png);background:url('{address}/b.png')",
    "a file": '<a rel="attachment" href="file://{file}">x</a><img src="file://{file}"><embed src="file://{file}">',
    "SVG": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/a.svg"/><use href="file://{file}#x"/></svg>',
    "entities": '<!DOCTYPE a [<!ENTITY x SYSTEM "file://{file}">]><a>&x;&amp;&#60;</a>',
    "a template": "{{% include '{file}' %}}{{{{ settings.SECRET_KEY }}}}{{% load static %}}",
    "PDF": ")>> endobj 1 0 obj << /S /URI /URI ({address}) >> stream",
}
LONG = {"word": "Q" * 3000, "dashes": "Q-" * 1500, "line": "很长" * 1500}
OURS = {"layout", "verify_url"}  # never anybody's words
INVISIBLE = {
    "left to right override": "\u202d",
    "right to left override": "\u202e",
    "isolate": "\u2066",
    "mark": "\u200e",
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "byte order mark": "\ufeff",
    "filler": "\u3164",
    "control": "\x1b",
    "nothing": "\x00",
    "tag": "\U000e0041",
    "half a character": "\ud800",
    "emoji": "😀" * 10_000,
}


def with_everywhere(text, layout="document"):
    """A paper that says the text in every field."""
    own = {field.name: text for field in fields(PaperContent) if field.type is str and field.name not in OURS}
    table = Table(text, (text, text), ((text, text), (text, text)))
    sections = (Section(text, (text,), table), Section(text, (text,)))
    lines = (SigningLine(text, text, text),)
    more = {"opening": (text,), "closing": (text,), "english": (text,), "sections": sections, "signing": lines}
    return replace(samples.GRANT, **own, **more, layout=layout, machine={"text": text})


@pytest.fixture
def asked(monkeypatch):
    """The addresses that papers ask their fetcher for."""
    found, fetch = [], LockedFetcher.fetch
    monkeypatch.setattr(LockedFetcher, "fetch", lambda self, url, *more: found.append(url) or fetch(self, url, *more))
    return found


@pytest.fixture
def file(tmp_path):
    """A file of the machine that no paper may show."""
    path = tmp_path / "secret.txt"
    path.write_text(SECRET)
    return path


def everything_in(pdf):
    """All streams of a PDF in clear, and what stands between them."""
    with pikepdf.open(io.BytesIO(pdf)) as book:
        return pdf + b"".join(one.read_bytes() for one in book.objects if isinstance(one, pikepdf.Stream))


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["document", "letter", "sheet"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_stays_text(listener, asked, file, kind, layout):
    address, requests = listener
    text = HOSTILE[kind].format(address=address, file=file)
    pdf = rendering.render(with_everywhere(text, layout))

    assert requests == []
    assert all(url.startswith(ALLOWED) for url in asked)
    assert SECRET.encode() not in everything_in(pdf)
    assert "".join(text.split()) in text_of(pdf, "pdfium")


@pytest.mark.slow
@pytest.mark.parametrize("place", ["opening", "closing", "paragraph", "cell"])
@pytest.mark.parametrize("kind", LONG)
def test_what_is_very_long_is_broken_and_printed_whole(kind, place):
    text = LONG[kind]
    table = Table("表", ("甲", "乙"), (("一", text),))
    changed = {
        "opening": {"opening": (text,)},
        "closing": {"closing": (text,)},
        "paragraph": {"sections": (Section("标题", (text,)),)},
        "cell": {"sections": (Section("标题", (), table),)},
    }
    pdf = rendering.render(replace(samples.ACCEPTANCE, **changed[place]))

    assert text_of(pdf, "pdfium").count(text[0]) >= text.count(text[0])


@pytest.mark.parametrize("kind", INVISIBLE)
@pytest.mark.parametrize("field", ["addressee", "organ", "signer", "contact", "title", "copies_to", "number"])
def test_what_cannot_be_seen_is_refused_by_its_field(kind, field):
    with pytest.raises(UnprintableCharacter) as refused:
        glyphs.check(replace(samples.GRANT, **{field: f"王{INVISIBLE[kind]}小明"}))

    assert (refused.value.field, refused.value.character) == (field, INVISIBLE[kind][0])


@pytest.mark.parametrize("kind", INVISIBLE)
@pytest.mark.parametrize("field", ["opening", "closing", "sections", "table", "signing"])
def test_what_cannot_be_seen_is_refused_in_the_parts_of_a_paper(kind, field):
    paper, text = samples.GRANT, INVISIBLE[kind]
    table = Table("表", ("甲", "乙"), (("一", text),))
    changed = {
        "opening": {"opening": ("正文", text)},
        "closing": {"closing": (text,)},
        "sections": {"sections": (Section("标题", (text,)),)},
        "table": {"sections": (Section("标题", (), table),)},
        "signing": {"signing": (SigningLine("制单人", text),)},
    }

    with pytest.raises(UnprintableCharacter) as refused:
        glyphs.check(replace(paper, **changed[field]))
    assert refused.value.field == field


@pytest.mark.slow
def test_ten_thousand_emoji_that_slipped_through_ask_for_nothing(listener, asked):
    _address, requests = listener
    rendering.render(replace(samples.ACCEPTANCE, opening=(INVISIBLE["emoji"],)))

    assert requests == []
    assert all(url.startswith(ALLOWED) for url in asked)
