"""What a package holds of each kind of piece: readable, and the files beside it as they were handed in."""

import io
import zipfile
from datetime import timedelta

import pytest

from applications import messages
from approvals import notices
from approvals.models import PublicNotice
from archives import filing
from archives.packages import writing
from tests import world
from tests.approvals import issuing, visiting
from tests.archives.shelves import paid, printed

pytestmark = pytest.mark.django_db


def packed(case, at):
    """The members of the package of a closed case, by what their names end with."""
    row = filing.file_case(None, printed(case).public_id, at)
    stream = io.BytesIO()
    writing.write(stream, [row.volume], None)
    opened = zipfile.ZipFile(stream)
    return {name.split("-", 2)[-1]: opened.read(name) for name in opened.namelist() if "/" in name}


def test_visits_come_with_what_was_found_photos_and_signature():
    case, visit, photo = visiting.photographed()
    visiting.reporting.report(visit.first_official, visit.pk, visiting.said(case.at), case.at)
    members = packed(case.withdraw(), case.at + timedelta(hours=1))
    assert "土木房两间" in members["visit.html"].decode()
    assert "院子" in members["visit.html"].decode()
    assert len(members["visit-photo-01.jpg"]) == photo.size
    assert members["visit-signature.png"].startswith(b"\x89PNG") or "visit-signature.jpg" in members


def test_messages_and_objections_are_written_out():
    case = world.grant(0).submit().say("accept")
    messages.write(case.user, case.public_id, "什么时候能办好？", case.later(1))
    notice = PublicNotice.objects.get(application=case.application)
    notices.object_to(notice, "此人不是毕业生。", "13800000000", case.later(1))
    members = packed(case.withdraw(), case.at + timedelta(hours=1))
    assert "什么时候能办好？" in members["messages.html"].decode()
    assert "此人不是毕业生。" in members["notice.html"].decode()


def test_what_strangers_typed_stays_text():
    case = world.grant(0).submit().say("accept")
    messages.write(case.user, case.public_id, "<script>alert(1)</script>", case.later(1))
    members = packed(case.withdraw(), case.at + timedelta(hours=1))
    assert b"<script" not in members["messages.html"]
    assert b"&lt;script&gt;" in members["messages.html"]


def test_services_and_payments_come_with_their_proof():
    case, paper, _service = issuing.served()
    batch = paid(case)
    members = packed(case, batch.exported_at + timedelta(hours=1))
    assert paper.number in members["service.html"].decode()
    assert members["service-proof.jpg"].startswith(b"\xff\xd8")
    assert batch.number in members["payment.json"].decode()
