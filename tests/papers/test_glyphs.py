"""No empty box on a legal document."""

from dataclasses import replace

import pytest
from django.utils import translation

from papers import glyphs
from papers.content import Section, Table
from papers.glyphs import UnprintableCharacter
from tests.papers import samples

UNKNOWN = "\U000300f1"


def refusal_of(content):
    with pytest.raises(UnprintableCharacter) as refused:
        glyphs.check(content)
    return refused.value


@pytest.mark.parametrize("name", samples.ALL)
def test_ordinary_papers_can_be_printed(name):
    glyphs.check(samples.ALL[name])


@pytest.mark.parametrize(
    "name", ["欧阳𬱖", "马㛃儿·买买提江", "李䶮", "张𫖯", "王𫍯", "赵堃", "孙喆", "阿依古丽·买买提"]
)
def test_names_with_rare_characters_can_be_printed(name):
    glyphs.check(replace(samples.GRANT, addressee=name))


def test_the_refusal_names_character_and_field():
    refused = refusal_of(replace(samples.GRANT, addressee=f"王{UNKNOWN}"))

    assert (refused.character, refused.field) == (UNKNOWN, "addressee")
    assert UNKNOWN in refused.message
    assert "U+300F1" in refused.message
    assert "收件人" in refused.message
    assert list(refused.errors) == ["addressee"]


def test_a_cell_of_a_table_is_checked():
    section = Section("情况", (), Table("表", ("项目",), ((f"学校{UNKNOWN}",),)))

    assert refusal_of(replace(samples.GRANT, sections=(section,))).field == "table"


@pytest.mark.parametrize("character", ["\x00", "\u200b", "\u202e", "\ufeff", "😀"])
def test_invisible_and_foreign_characters_are_refused(character):
    assert refusal_of(replace(samples.GRANT, closing=(f"特此告知{character}。",))).character == character


def test_the_message_is_not_garbled_by_what_it_names():
    assert "\u202e" not in refusal_of(replace(samples.GRANT, closing=("特此\u202e告知。",))).message


def test_line_breaks_are_no_fault():
    glyphs.check(replace(samples.GRANT, closing=("第一点。\r\n第二点。",)))


def test_the_english_translation_is_not_printed_and_not_checked():
    glyphs.check(replace(samples.GRANT, english=("naïve résumé",)))


def test_the_message_speaks_the_readers_language():
    with translation.override("zh-hans"):
        assert "字库" in refusal_of(replace(samples.GRANT, addressee=UNKNOWN)).message
