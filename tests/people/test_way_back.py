"""Whoever must sign in first comes back to a page, never to an act."""

import pytest
from django.test import Client

from people.models import User

pytestmark = pytest.mark.django_db

CASE = "/inbox/abcdefghjkmn/"


def way_back(response) -> str:
    """Where sign-in would lead."""
    return response.url.partition("next=")[2]


def test_a_page_asked_for_is_opened_after_signing_in(client):
    assert way_back(client.get(CASE)) == CASE


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client):
    response = client.post(CASE + "claim/", headers={"referer": f"http://testserver{CASE}?tab=done"})
    assert way_back(response) == f"{CASE}%3Ftab%3Ddone"


@pytest.mark.parametrize("referer", ["", "https://example.org/inbox/", "javascript:alert(1)"])
def test_a_form_from_nowhere_or_from_elsewhere_leads_home(client, referer):
    assert way_back(client.post(CASE + "claim/", headers={"referer": referer})) == "/"


def test_a_refusal_leads_back_to_the_page_before(peopled):
    client = Client()
    client.force_login(User.objects.get(username="county-reviewer"))
    page = client.get("/inbox/no-such-case/", headers={"referer": "http://testserver/inbox/?tab=done"}).content.decode()
    assert 'href="/inbox/?tab=done"' in page
    assert "没有找到" in page


def test_a_refusal_leads_to_no_other_site(peopled):
    client = Client()
    client.force_login(User.objects.get(username="county-reviewer"))
    page = client.get("/inbox/no-such-case/", headers={"referer": "https://elsewhere.example/"}).content.decode()
    assert "elsewhere" not in page
