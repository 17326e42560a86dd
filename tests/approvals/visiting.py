"""Visits for tests: planned, reported, photographed."""

import io
import uuid
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from approvals.visits import photos, planning, reporting
from people.models import User
from people.posts import appoint
from tests import world

COLLEAGUE = "visit-colleague"


def picture(name="photo.jpg", kind="JPEG", size=(60, 40), **saved):
    """A small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, kind, **saved)
    return SimpleUploadedFile(name, buffer.getvalue(), f"image/{kind.lower()}")


def with_position():
    """A photo as a telephone makes it: it tells where it was taken, and with what."""
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (23.0, 21.0, 0.0)
    return picture(exif=exif)


def colleague(office, name=COLLEAGUE, role="reviewer"):
    """Somebody else at the office."""
    user, _made = User.objects.get_or_create(username=name, defaults={"full_name": "同行人·和"})
    appoint(user, office, role, world.START.date() - timedelta(days=400))
    return user


def planned(case=None, on=None):
    """A case that waits at an office, with a visit its official and a colleague will make the next day."""
    case = case or world.grant(0).submit()
    item, official = case.item(), case.official()
    second = colleague(item.queue.office)
    at = case.later(1)
    visit = planning.plan_one(official, item.pk, second, on or (at + timedelta(days=1)).date(), at)
    case.at = at + timedelta(days=1)
    return case, visit


def said(at, **changes):
    """A report as it is filled in when all goes well."""
    given = {
        "token": uuid.uuid4(),
        "made_at": at,
        "met": "subject",
        "findings": "土木房两间，独居，行动不便。",
        "agreed": True,
        "signature": "drawn",
        "image": picture("sign.png", "PNG"),
    }
    return reporting.Report(**given | changes)


def reported(**changes):
    """A visit that was reported."""
    case, visit = planned()
    visit = reporting.report(visit.first_official, visit.pk, said(case.at, **changes), case.at)
    return case, visit


def photographed():
    """A visit with a photo."""
    case, visit = planned()
    sent = photos.Sent(uuid.uuid4(), picture(), "院子", case.at)
    return case, visit, photos.add(visit.first_official, visit.pk, sent, case.at)
