"""The HTML twin: the PDF's words as a page fragment."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from tests.papers import samples


def twin(content):
    return BeautifulSoup(render_to_string("papers/twin.html", {"content": content}), "html.parser")


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", samples.ALL)
def test_the_twin_says_what_the_pdf_says(name):
    content = samples.ALL[name]
    text = squeezed(twin(content).get_text())
    missing = {field for field, value in content.texts() if squeezed(value) not in text}

    assert missing <= {"seal_note", "issued_by", "verify_url"}


def test_headings_stand_in_order():
    found = [heading.name for heading in twin(samples.REFUSAL).find("article").find_all(["h1", "h2", "h3"])]

    assert found == ["h1", "h2", "h2", "h2"]


def test_tables_have_a_caption_and_scoped_headings():
    table = twin(samples.PHASE_OUT).find("table")

    assert table.caption.get_text() == "按月发放计划（单位：元）"
    assert {heading["scope"] for heading in table.find_all("th")} == {"col", "row"}
    assert len(table.select("td.govuk-table__cell--numeric")) == 27


def test_languages_are_marked():
    chinese, english = twin(samples.GRANT).find_all("article")

    assert (chinese["lang"], english["lang"]) == ("zh-Hans", "en")
    assert "1000.00 yuan" in english.get_text()


def test_a_paper_without_translation_has_none():
    assert len(twin(replace(samples.GRANT, english=())).find_all("article")) == 1


def test_markup_in_what_people_wrote_stays_text():
    page = twin(replace(samples.GRANT, addressee="<script>x</script>", closing=("<b>粗\n体</b>",)))

    assert page.find("script") is None
    assert page.find("b") is None
    assert page.find("br") is not None
