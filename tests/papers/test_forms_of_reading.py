"""The same paper in large print and as plain text, and what a reader wishes for."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from papers import attempts
from papers.content import SigningLine
from papers.forms_of_reading import asking, making, plain, wishes
from papers.models import Paper, ReadingWish, Rendition
from papers.reading import Altered
from people import sealed_files
from people.models import User
from people.refusals import Conflict, Invalid
from tests.papers import samples

PDF = b"%PDF-1.7 large"


@pytest.fixture
def stand_in(monkeypatch):
    """What was rendered, without rendering."""
    asked = []
    monkeypatch.setattr("papers.rendering.render", lambda content: asked.append(content) or PDF)
    return asked


@pytest.fixture
def reader(db):
    return User.objects.create_user("reader")


def test_large_print_is_made_once_and_kept(issued, stand_in, monday):
    paper = issued()
    rendition = asking.ask(paper, monday)
    assert asking.ask(paper, monday) == rendition

    assert making.make_waiting(monday) == 1
    assert making.make_waiting(monday) == 0
    kept = asking.large_print_of(paper)
    assert kept.state == Paper.State.READY
    assert asking.pdf_bytes(kept) == PDF
    assert asking.ask(paper, monday).state == Paper.State.READY


def test_large_print_has_the_frozen_words(issued, stand_in, monday):
    making.make_one(asking.ask(issued(), monday).pk)
    [content] = stand_in

    assert content.layout == "large"
    assert content.sections == samples.GRANT.sections


def test_a_void_paper_has_no_other_forms(issued, monday):
    paper = issued()
    paper.status = Paper.Status.VOID

    with pytest.raises(Conflict):
        asking.ask(paper, monday)


def test_what_cannot_be_made_is_tried_again_and_at_last_failed(issued, monkeypatch, clock, monday):
    monkeypatch.setattr("papers.rendering.render", lambda content: 1 / 0)
    rendition = asking.ask(issued(), monday)
    for _attempt in attempts.PAUSES:
        assert not making.make_one(rendition.pk)
        clock.shift(3 * 3600)

    rendition.refresh_from_db()
    assert (rendition.state, rendition.failure) == ("failed", "ZeroDivisionError")


def test_one_that_failed_is_made_when_asked_for_again(issued, stand_in, monday):
    rendition = asking.ask(issued(), monday)
    Rendition.objects.update(state="failed", failure="Died", attempts=4)
    asking.ask(rendition.paper, monday)

    assert making.make_one(rendition.pk)


def test_one_whose_worker_died_again_and_again_has_failed(issued, stand_in, monday):
    rendition = asking.ask(issued(), monday)
    Rendition.objects.update(attempts=4)

    assert not making.make_one(rendition.pk)
    rendition.refresh_from_db()
    assert (rendition.state, rendition.failure) == ("failed", attempts.INTERRUPTED)


def test_the_second_of_two_workers_throws_its_file_away(issued, monkeypatch, monday):
    rendition = asking.ask(issued(), monday)
    thrown = []
    monkeypatch.setattr(sealed_files, "remove", thrown.append)

    def render(content):
        ready = {"state": "ready", "pdf": "x", "pdf_sha256": "0" * 64, "rendered_at": monday}
        Rendition.objects.update(**ready)
        return PDF

    monkeypatch.setattr("papers.rendering.render", render)
    assert not making.make_one(rendition.pk)
    assert len(thrown) == 1


def test_a_file_that_was_changed_is_not_given_out(issued, stand_in, monday):
    rendition = asking.ask(issued(), monday)
    making.make_one(rendition.pk)
    Rendition.objects.update(pdf_sha256="0" * 64)
    rendition.refresh_from_db()

    with pytest.raises(Altered):
        asking.pdf_bytes(rendition)


@pytest.mark.parametrize("name", samples.ALL)
def test_the_plain_text_says_what_the_paper_says(name):
    content = samples.ALL[name]
    text = squeezed(plain.plain_text(content))
    missing = {field for field, value in content.texts() if squeezed(value) not in text}

    assert not missing


def squeezed(text):
    return "".join(text.split())


def test_the_plain_text_names_what_is_signed_and_what_it_follows():
    signing = (SigningLine("制单人", "吾买尔·买买提", "2026年3月5日"), SigningLine("复核人"))
    text = plain.plain_text(replace(samples.ACCEPTANCE, refers_to="蒙人社受〔2026〕3号", signing=signing))

    assert "制单人：吾买尔·买买提　日期：2026年3月5日" in text
    assert "复核人：____　日期：____" in text
    assert "（关联文书：蒙人社受〔2026〕3号）" in text


def test_lines_of_plain_text_are_short_and_begin_with_no_closing_mark():
    lines = plain.plain_text(samples.REFUSAL).split("\r\n")

    assert max(sum(map(plain._columns, line.rstrip(plain.CLOSING))) for line in lines) <= plain.WIDTH
    assert not [line for line in lines if line[:1] and line[0] in plain.CLOSING]


def test_words_and_addresses_stay_whole():
    address = "https://zhida.example/verify/7KQ4M2XD9RTW/"
    assert address in plain.wrapped("字" * 20 + address)
    assert plain.wrapped("x" * 100) == "x" * 72 + "\n" + "x" * 28


def test_the_file_says_that_it_is_utf_8():
    file = plain.encoded(replace(samples.GRANT, addressee="吾买尔·买买提𬱖𠮷䶮㛃𬀩"))

    assert file.startswith(b"\xef\xbb\xbf")
    assert "吾买尔·买买提𬱖𠮷䶮㛃𬀩：" in file.decode("utf-8-sig")


def test_a_wish_counts_from_the_moment_it_is_said_and_the_latest_counts(reader, monday):
    assert wishes.wish_of(reader) == "standard"
    for form in ("large", "large", "text"):
        wishes.wish(reader, form, monday)

    assert wishes.wish_of(reader) == "text"
    assert list(ReadingWish.objects.values_list("form", "since")) == [("large", monday), ("text", monday)]


def test_an_unknown_form_is_no_wish(reader, monday):
    with pytest.raises(Invalid):
        wishes.wish(reader, "braille", monday)


def test_a_wish_is_not_rewritten(reader, monday):
    wishes.wish(reader, "large", monday)

    with pytest.raises(DatabaseError), transaction.atomic():
        ReadingWish.objects.update(form="text")


@pytest.mark.parametrize("form,made", [("large", 1), ("text", 0), ("standard", 0)])
def test_a_new_paper_is_made_in_large_print_for_whoever_wishes_for_that(issued, reader, monday, form, made):
    wishes.wish(reader, form, monday)
    wishes.follow(issued(), reader, monday)

    assert Rendition.objects.count() == made
