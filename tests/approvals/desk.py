"""An official at the desk: a signed-in client, pages of cases, forms as a browser would send them."""

from html import unescape

from django.test import Client

from audit.models import Event
from tests import world


def sign_in(name):
    """A client signed in as the account of that name."""
    client = Client()
    client.force_login(world.user(name))
    return client


def text_of(response):
    """The page as text, entities resolved."""
    return unescape(response.content.decode())


def address(case, query=""):
    """The review page of a case."""
    return f"/inbox/{case.public_id}/{query}"


def form_of(case, **given):
    """What the decision form of the open item sends."""
    application = case.application
    return {"item": case.item().pk, "version": application.version, "text": "", **given}


def events(action):
    """The events of an action, oldest first."""
    return list(Event.objects.filter(action=action).order_by("pk"))


def tables_written(queries):
    """The tables that captured queries wrote to."""
    verbs = ("INSERT", "UPDATE", "DELETE")
    return {query["sql"].split('"')[1] for query in queries if query["sql"].startswith(verbs)}
