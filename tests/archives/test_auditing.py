"""Auditors see what was done with files, lists and packages of their divisions, never what lies in them."""

import pytest

from archives import access
from archives.packages import asking, work
from people.refusals import NotFound
from project import audit_scope
from tests import world
from tests.approvals.desk import sign_in, text_of
from tests.archives.shelves import KEEPER, filed

pytestmark = pytest.mark.django_db


def test_the_trail_of_a_file_is_open_to_auditors_of_its_division_alone():
    _case, row = filed()
    found = audit_scope.trail_of(["532500"], "archive", str(row.volume_id))
    assert (found.stream, found.subject) == (row.volume.stream, f"archive-{row.volume_id}")
    for codes, key in ((["530100"], str(row.volume_id)), (["532500"], "9" * 30), (["532500"], "x")):
        with pytest.raises(NotFound):
            audit_scope.trail_of(codes, "archive", key)


def test_an_auditor_reads_who_opened_a_file_and_no_name_of_whose_it_is():
    _case, row = filed()
    package = asking.ask_for_volume(world.user(KEEPER), row.volume_id, row.filed_at)
    work.make_one(package.pk, row.filed_at)
    text = text_of(sign_in("auditor").get(f"/audit/archive/{row.volume_id}/"))
    assert "生成导出包" in text
    assert row.volume.name not in text


def test_an_auditor_opens_no_file():
    _case, row = filed()
    with pytest.raises(NotFound):
        access.volume_for(world.user("auditor"), row.volume_id, row.filed_at)
