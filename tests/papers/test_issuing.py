"""Issuing: number and frozen content stand or fall with the caller's transaction."""

from dataclasses import replace

import pytest
from django.db import transaction

from papers import codes, numbering, reading
from papers.glyphs import UnprintableCharacter
from papers.issuing import MOST_CHARACTERS, TooLong
from papers.models import Counter, Paper
from people import vault
from tests.papers import samples


class Undone(Exception):
    """Thrown to roll back."""


def test_numbers_follow_each_other_without_a_gap(issued):
    numbers = [issued().number for _turn in range(3)]

    assert numbers == ["蒙人社决〔2026〕1号", "蒙人社决〔2026〕2号", "蒙人社决〔2026〕3号"]


@pytest.mark.parametrize(
    "kind,number",
    [
        ("acceptance", "蒙人社受〔2026〕1号"),
        ("not_accepted", "蒙人社不受〔2026〕1号"),
        ("correction", "蒙人社补〔2026〕1号"),
        ("grant", "蒙人社决〔2026〕1号"),
        ("waiver_grant", "蒙人社决〔2026〕1号"),
        ("phase_out", "蒙人社决〔2026〕1号"),
        ("refusal", "蒙人社决〔2026〕1号"),
        ("revocation", "蒙人社撤〔2026〕1号"),
    ],
)
def test_the_series_tells_the_kind(issued, kind, number):
    assert issued(kind).number == number


def test_every_kind_has_a_series():
    assert set(numbering.SERIES) == set(Paper.Kind)


def test_each_series_counts_for_itself(issued):
    assert [issued("grant").sequence, issued("correction").sequence, issued("refusal").sequence] == [1, 1, 2]


def test_each_year_begins_anew(issued, monday):
    first, next_year = issued(), issued(at=monday.replace(year=2027))

    assert (first.sequence, next_year.number) == (1, "蒙人社决〔2027〕1号")


def test_the_year_is_beijings(issued, monday):
    paper = issued(at=monday.replace(year=2026, month=12, day=31, hour=23))

    assert paper.year == 2026


def test_a_rolled_back_act_gives_its_number_back(issued):
    @transaction.atomic
    def act():
        issued()
        raise Undone

    with pytest.raises(Undone):
        act()
    assert issued().sequence == 1


def test_a_refused_paper_takes_no_number(issued):
    with pytest.raises(UnprintableCharacter):
        issued(content=replace(samples.GRANT, addressee="\U000300f1"))

    assert not Counter.objects.exists()


def test_an_endless_paper_is_refused(issued):
    with pytest.raises(TooLong):
        issued(content=replace(samples.GRANT, closing=("长" * MOST_CHARACTERS,)))


def test_a_prefix_that_cannot_be_printed_is_refused(issued, office):
    office.document_prefix = "蒙\U000300f1"

    with pytest.raises(UnprintableCharacter) as refused:
        issued()
    assert refused.value.field == "number"


def test_the_content_is_frozen_with_number_code_and_address(issued, settings):
    settings.SITE_URL = "https://zhida.example"
    paper = issued()
    content = reading.content(paper)

    assert content.number == paper.number
    assert content.verify_code == codes.grouped(paper.verify_code)
    assert content.verify_url == f"https://zhida.example/verify/{paper.verify_code}/"
    assert content.addressee == "欧阳𬱖"


def test_the_row_shows_a_masked_name_only(issued):
    paper = issued()

    assert paper.addressee_masked == "欧阳*"
    assert "𬱖".encode() not in bytes(paper.content)


def test_a_new_paper_supersedes_the_old(issued):
    old = issued()
    new = issued(supersedes=old)
    old.refresh_from_db()

    assert old.status == "superseded"
    assert new.status == "valid"
    assert old.superseded_by == new


@pytest.mark.parametrize("kind, named", [("refusal", "supersedes"), ("corrigendum", "corrects")])
def test_a_paper_names_the_one_it_follows_for_readers_and_programs(issued, kind, named):
    old = issued()
    told = reading.content(issued(kind, **{named: old}))

    assert told.refers_to == old.number
    assert told.machine["refers_to"] == old.number


def test_a_first_paper_refers_to_none(issued):
    told = reading.content(issued())

    assert told.refers_to == ""
    assert "refers_to" not in told.machine


def test_a_corrected_paper_stays_in_force_until_it_is_superseded(issued):
    old = issued()
    issued("corrigendum", corrects=old)
    old.refresh_from_db()
    assert old.status == "corrected"

    issued(supersedes=old)
    old.refresh_from_db()
    assert old.status == "superseded"


def test_a_late_correction_does_not_revive_a_superseded_paper(issued):
    old = issued()
    issued(supersedes=old)
    issued("corrigendum", corrects=old)
    old.refresh_from_db()

    assert old.status == "superseded"


def test_a_revocation_revokes(issued):
    old = issued()
    issued("revocation", supersedes=old)
    old.refresh_from_db()

    assert old.status == "revoked"


def test_rendering_is_asked_for_once_the_act_is_committed(issued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        paper = issued()
    paper.refresh_from_db()

    assert len(callbacks) == 1
    assert paper.state == "ready"


def test_papers_of_a_case_stand_in_order(issued):
    first, second = issued(), issued("refusal")
    issued(case_ref="case-2")

    assert list(reading.papers_of("case-1")) == [first, second]


def test_content_cannot_be_exchanged_between_papers_of_a_case(issued):
    one, other = issued(), issued()
    one.content, one.content_sha256 = other.content, other.content_sha256

    with pytest.raises(vault.Undecipherable):
        reading.content(one)


def test_content_that_is_not_the_frozen_one_is_not_shown(issued):
    paper = issued()
    paper.content_sha256 = "0" * 64

    with pytest.raises(reading.Altered):
        reading.content(paper)


def test_a_title_longer_than_its_column_keeps_no_paper_from_being_issued(issued):
    paper = issued(content=replace(samples.GRANT, title_en="A very long scheme " * 20))

    assert len(Paper.objects.get(pk=paper.pk).title_en) == 200
    assert reading.content(paper).title_en == "A very long scheme " * 20
