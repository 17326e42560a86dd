"""Handing over: the files of a year on one numbered list, frozen, with a line to sign for each side."""

import io
import zipfile
from datetime import timedelta

import pytest

from archives import filing, handing_over
from archives.models import Handover, Volume
from archives.packages import asking, work
from papers import reading
from papers.jobs import render_all
from papers.models import Counter, Paper
from people.refusals import Conflict, Invalid, NotFound
from tests import world
from tests.archives.shelves import KEEPER, filed, office, printed, refused

pytestmark = pytest.mark.django_db


def keeper():
    return world.user(KEEPER)


def handed_over(row, receiver="红河州档案馆"):
    """The files of the row's year, handed over the year after."""
    at = world.year_later(row.filed_at)
    return handing_over.hand_over(keeper(), row.volume.office_id, row.volume.year, receiver, at), at


def test_the_list_names_every_file_of_the_year_and_is_signed_by_both_sides():
    _case, row = filed(refused(2))
    filed(refused(4))
    handover, _at = handed_over(row)
    content = reading.content(handover.paper)
    rows = content.sections[0].table.rows
    assert [line[1] for line in rows] == ["红人社档〔2026〕1号", "红人社档〔2026〕2号"]
    assert rows[0][2] == row.volume.name
    assert int(rows[0][4]) == sum(row.volume.pieces.values_list("pages", flat=True))
    assert [line.role for line in content.signing] == ["移交人", "接收人"]
    assert (content.layout, handover.count) == ("sheet", 2)
    assert handover.paper.kind == Paper.Kind.HANDOVER
    assert "红河州档案馆" in content.opening[0]


def test_what_is_handed_over_takes_nothing_more_and_a_new_file_begins():
    _case, row = filed()
    handed_over(row)
    other = printed(refused(2))
    again = filing.file_case(keeper(), other.public_id, other.at + timedelta(hours=1))
    assert again.volume != row.volume
    assert again.volume.sequence == 2


def test_a_year_without_files_has_no_list():
    case = refused()
    with pytest.raises(Conflict):
        handing_over.hand_over(keeper(), office().pk, 2025, "档案馆", world.year_later(case.at))


def test_a_year_that_is_not_over_and_a_missing_receiver_are_refused_with_no_number_taken():
    _case, row = filed()
    before = list(Counter.objects.order_by("pk").values_list())
    with pytest.raises(Invalid) as refusal:
        handing_over.hand_over(keeper(), office().pk, row.volume.year, " ", row.filed_at)
    assert set(refusal.value.errors) == {"receiver", "year"}
    assert list(Counter.objects.order_by("pk").values_list()) == before
    assert not Handover.objects.exists()


def test_another_offices_files_are_handed_over_by_nobody():
    _case, row = filed()
    with pytest.raises(NotFound):
        handing_over.hand_over(
            world.user("county-clerk"), office().pk, row.volume.year, "档案馆", world.year_later(row.filed_at)
        )


def test_the_package_of_a_list_holds_the_list_and_all_its_files():
    _case, row = filed(refused(2))
    filed(refused(4))
    handover, at = handed_over(row)
    with pytest.raises(Conflict):
        asking.ask_for_handover(keeper(), handover.pk, at)
    render_all()
    package = asking.ask_for_handover(keeper(), handover.pk, at)
    assert work.make_one(package.pk, at)
    package.refresh_from_db()
    names = zipfile.ZipFile(io.BytesIO(b"".join(asking.opened(package, at)))).namelist()
    assert {name.split("/")[0] for name in names if "/" in name} == {"2026-00001", "2026-00002"}
    assert "handover.pdf" in names
    assert Volume.objects.filter(handover=handover).count() == 2
