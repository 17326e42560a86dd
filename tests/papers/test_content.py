"""The content of a paper: frozen, canonical, readable back."""

import json
from dataclasses import FrozenInstanceError, replace

import pytest

from papers import content as contents
from papers.content import Section, Table, ordinal
from tests.papers import samples


@pytest.mark.parametrize("name", samples.ALL)
def test_content_reads_back_from_its_json(name):
    content = samples.ALL[name]

    assert contents.from_json(contents.canonical(content)) == content


def test_equal_contents_have_one_json():
    machine = dict(reversed(samples.GRANT.machine.items()))

    assert contents.canonical(replace(samples.GRANT, machine=machine)) == contents.canonical(samples.GRANT)


def test_content_frozen_before_a_field_existed_still_reads():
    data = json.loads(contents.canonical(samples.GRANT))
    del data["issued_by"]

    assert contents.from_data(data) == samples.GRANT


def test_content_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        samples.GRANT.number = "蒙人社决〔2026〕13号"


def test_every_printed_text_is_named_by_its_field():
    texts = samples.GRANT.texts()

    assert ("addressee", "欧阳𬱖") in texts
    assert ("table", "1000.00") in texts
    assert ("sections", "救济途径") in texts
    assert ("copies_to", "蒙自市财政局，蒙自市残疾人联合会。") in texts


def test_what_is_not_printed_is_not_checked():
    fields = {field for field, _text in samples.GRANT.texts()}

    assert not fields & {"english", "machine", "title_en"}


def test_sections_are_numbered():
    assert [heading for heading, _section in samples.GRANT.numbered_sections] == ["一、审核认定的情况", "二、救济途径"]


def test_a_single_section_bears_no_number():
    assert [heading for heading, _section in samples.CORRECTION.numbered_sections] == ["需要补正的全部内容"]


def test_many_sections_are_numbered_too():
    many = replace(samples.GRANT, sections=tuple(Section(f"第{n}部分") for n in range(12)))

    assert many.numbered_sections[-1][0] == "十二、第11部分"


@pytest.mark.parametrize("number,words", [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_ordinals(number, words):
    assert ordinal(number) == words


@pytest.mark.parametrize(
    "rows,column",
    [
        ((("学习形式", "全日制", "符合"),) * 3, 0),
        ((("1", "残疾人证", "请重新上传"),) * 3, 1),
        ((("1", "残疾人证", "请重新上传"),) * 2, None),
    ],
)
def test_rows_are_named_by_what_they_are_about(rows, column):
    assert Table("表", ("一", "二", "三"), rows).heading_column == column
