"""A village clerk at work: people of a village, consent, a roster, drafts begun from it."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from applications.models import Application
from helping.models import Mandate
from helping.rosters import access, keeping, starting
from helping.standing import Terms, record_consent
from people.recording import person_with
from people.synthetic import synthetic_person
from tests import world

AT = world.START
SCHEME = "employment-hardship-recognition"
HOW = "在本人家中读给本人听。"


def clerk(name="village-clerk"):
    """The clerk of the village."""
    return world.user(name)


def somebody(n=0):
    """An invented person of the county."""
    return synthetic_person(70_000 + n, world.MENGZI, (1960, 1990))


def known(n=0):
    """That person on record."""
    made = somebody(n)
    return person_with(made.id_number, made.name)


def oral(helper, **changes):
    """Consent said aloud to a member of the family."""
    return Terms(**{"kind": "family", "way": "oral", "helper": helper, "witness": "见证人甲", "how": HOW, **changes})


def of_village(helper, office, **changes):
    """Consent said aloud to a village clerk."""
    return oral(helper, kind="village", office=office, **changes)


def office():
    """A township at which the clerk works."""
    return access.offices_of(clerk(), AT)[0]


def roster(name="village-clerk", village="示范村", at=AT):
    """A new roster."""
    user = clerk(name)
    return keeping.open_roster(user, access.offices_of(user, at)[0].pk, village, at)


def entry(n=0, **changes):
    """Somebody as they are put on a roster."""
    person = somebody(n)
    told = {"name": person.name, "id_number": person.id_number, "phone": person.phone}
    return keeping.Entry(**{**told, **changes})


def villager(n=0, *, agreed=True, name="village-clerk", on=None):
    """Somebody on a roster, who agreed."""
    user, listed = clerk(name), on or roster(name)
    made = keeping.add(user, listed.pk, entry(n), AT)
    if agreed:
        record_consent(user, made.person, of_village(user, listed.office), AT)
    return made


def draft(n=0, name="village-clerk") -> Application:
    """A draft begun from a roster."""
    made = villager(n, name=name)
    return starting.begin(clerk(name), made.public_id, SCHEME, AT + timedelta(minutes=5))


def picture(colour="white", size=(60, 40), kind="JPEG"):
    """A small photo that says where it was taken."""
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x9286] = "secret place"
    Image.new("RGB", size, colour).save(buffer, kind, exif=exif.tobytes())
    return SimpleUploadedFile("photo.jpg", buffer.getvalue(), "image/jpeg")


def account_of(mandate: Mandate):
    """The person whose mandate it is has an account now: `applicant2`."""
    user = world.user("applicant2")
    user.person = mandate.person
    user.save(update_fields=["person"])
    return user
