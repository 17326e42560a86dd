"""Signing in as a person does: the form, its answer, the events of an account."""

from django.test import Client

from audit.models import Event
from tests import world
from tests.approvals.desk import text_of

LOGIN = "/accounts/login/"


def try_to_sign_in(name, password=world.PASSWORD, client=None, address="10.0.0.1", **more):
    """Send the sign-in form; the client and what it was answered."""
    client = client or Client(REMOTE_ADDR=address)
    return client, client.post(LOGIN, {"login": name, "password": password, **more})


def signed_in(name, address="10.0.0.1", **headers):
    """A client signed in by the form."""
    client = Client(REMOTE_ADDR=address, headers=headers)
    _client, answer = try_to_sign_in(name, client=client)
    assert answer.status_code == 302, text_of(answer)
    return client


def is_signed_in(client):
    """Whether pages for signed-in people open."""
    return client.get("/accounts/where/").status_code == 200


def actions_of(name):
    """What is on record of an account's sign-ins, in order."""
    stream = f"user:{world.user(name).pk}"
    return list(Event.objects.filter(stream=stream).order_by("seq").values_list("action", flat=True))
