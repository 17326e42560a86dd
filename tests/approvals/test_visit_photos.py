"""Photos of a visit: sent again they are one, and nothing of the camera or of a trick stays in them."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image

from approvals.models import Visit, VisitPhoto
from approvals.visits import photos, reporting
from people.refusals import Conflict, Invalid, NotFound, Refused
from tests import world
from tests.approvals.visiting import colleague, photographed, picture, planned, said, with_position

pytestmark = pytest.mark.django_db


def add(case, visit, upload=None, token=None, at=None):
    sent = photos.Sent(token or uuid.uuid4(), upload or picture(), "门口")
    return photos.add(visit.first_official, visit.pk, sent, at or case.at)


def opened(photo):
    visit = Visit.objects.select_related("application__data_key").get(pk=photo.visit_id)
    return photos.content_of(photo, visit)


def test_the_same_photo_sent_twice_is_one():
    case, visit = planned()
    token = uuid.uuid4()
    assert add(case, visit, token=token).pk == add(case, visit, token=token, upload=picture()).pk
    assert VisitPhoto.objects.count() == 1


def test_position_and_camera_do_not_stay_in_a_photo():
    case, visit = planned()
    upload = with_position()
    assert b"SecretPhone" in upload.read()
    upload.seek(0)
    content = opened(add(case, visit, upload))
    assert b"SecretPhone" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_photo_and_caption_are_sealed():
    _case, visit, photo = photographed()
    visit = Visit.objects.select_related("application__data_key").get(pk=visit.pk)
    assert photos.caption_of(photo, visit) == "院子"
    assert "院子".encode() not in bytes(photo.caption)
    assert opened(photo).startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    "name, content",
    [
        ("photo.jpg", b"<html><script>alert(1)</script></html>"),
        ("photo.jpg", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"),
        ("photo.jpg", b"\xff\xd8\xff\xe0 broken"),
        ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("photo.jpg", b""),
    ],
)
def test_what_is_no_picture_is_refused_with_words(name, content):
    case, visit = planned()
    with pytest.raises(Invalid) as refusal:
        add(case, visit, SimpleUploadedFile(name, content, "image/jpeg"))
    assert str(refusal.value.message)
    assert not VisitPhoto.objects.exists()


def test_a_picture_of_too_many_pixels_is_refused():
    case, visit = planned()
    with pytest.raises(Invalid) as refusal:
        add(case, visit, picture("huge.png", "PNG", size=(8000, 6000)))
    assert refusal.value.code == "too_many_pixels"


def test_a_file_that_is_too_large_is_refused(settings):
    case, visit = planned()
    settings.UPLOAD_MAX_BYTES = 100
    with pytest.raises(Invalid) as refusal:
        add(case, visit)
    assert refusal.value.code == "too_large"


def test_photos_may_follow_the_report_for_some_days():
    case, visit = planned()
    reporting.report(visit.first_official, visit.pk, said(case.at), case.at)
    assert add(case, visit, at=case.at + timedelta(days=2))
    with pytest.raises(Conflict) as refusal:
        add(case, visit, at=case.at + timedelta(days=4))
    assert refusal.value.code == "too_late"


def test_a_cancelled_visit_takes_no_photos():
    case, visit = planned()
    reporting.cancel(visit.first_official, visit.pk, case.at)
    with pytest.raises(Conflict):
        add(case, visit)


def test_there_is_a_most_of_photos(monkeypatch):
    monkeypatch.setattr("approvals.visits.photos.MOST_PHOTOS", 1)
    case, visit = planned()
    add(case, visit)
    with pytest.raises(Invalid):
        add(case, visit)


def test_only_the_two_officials_add_photos():
    case, visit = planned()
    third = colleague(case.item().queue.office, "visit-third")
    sent = photos.Sent(uuid.uuid4(), picture())
    with pytest.raises(Refused):
        photos.add(third, visit.pk, sent, case.at)
    with pytest.raises(NotFound):
        photos.add(world.user("other-county"), visit.pk, sent, case.at)


def test_a_clock_that_is_off_is_not_believed():
    case, visit = planned()
    sent = photos.Sent(uuid.uuid4(), picture(), taken_at=case.at + timedelta(days=300))
    assert photos.add(visit.first_official, visit.pk, sent, case.at).taken_at is None


def test_bytes_that_were_exchanged_are_not_shown():
    case, visit, photo = photographed()
    other = add(case, visit, picture(size=(70, 70)))
    photo.stored = other.stored
    with pytest.raises(Exception, match="sealed"):
        opened(photo)


def test_photos_are_never_changed_or_deleted():
    _case, _visit, photo = photographed()
    with pytest.raises(DatabaseError), transaction.atomic():
        VisitPhoto.objects.filter(pk=photo.pk).update(size=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        VisitPhoto.objects.filter(pk=photo.pk).delete()
