"""An applicant at the site: a signed-in client, the text of a page, forms as a browser would send them."""

import io
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import activate
from PIL import Image

from applications import attachments, papers_due
from applications.models import Application
from tests import world


def sign_in(name="applicant"):
    """A client signed in as the account of that name."""
    client = Client()
    client.force_login(world.user(name))
    return client


def text_of(response):
    """The page as text, entities resolved."""
    return unescape(response.content.decode())


def url(case, rest=""):
    """The address of a case, or of a page of it."""
    return f"/applications/{case.public_id}/{rest}"


def version(case):
    """The version token a page made now would carry."""
    return Application.objects.get(public_id=case.public_id).version


def send(client, case, rest, data=None, **more):
    """Send a page of a case with the token it carries."""
    return client.post(url(case, rest), {"version": version(case), **(data or {}), **more})


def answers(case):
    """The answers as they are stored."""
    from applications import answers as answers_of

    return answers_of.read(Application.objects.get(public_id=case.public_id))


def photo(name="a.jpg", kind="JPEG"):
    """A small picture, as uploaded."""
    target = io.BytesIO()
    Image.new("RGB", (30, 20), "white").save(target, kind)
    return SimpleUploadedFile(name, target.getvalue(), "image/jpeg")


def hand_in_everything(case):
    """Give every required paper one picture."""
    application = case.application
    for paper in papers_due.missing_papers(application, case.at):
        attachments.add(case.user, case.public_id, paper.code, photo(), case.at)
    return case


def declared(case):
    """Every declaration ticked."""
    count = len(case.application.definition.declarations)
    return {f"declaration_{number}": "on" for number in range(1, count + 1)}


def in_english():
    """The reader's language for code called directly."""
    activate("en")
