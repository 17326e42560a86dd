"""样稿: a drafted letter filled in with example words, or from a case only by those who may see it."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from audit.models import Event
from papers.engine.interface import RenderingFailed
from papers.models import Paper
from people.models import Post
from people.posts import appoint
from schemes.letter_book.subjects import Text, subject_of
from schemes.models import Proposal
from schemes.publication import policy_desk
from schemes.publication.publishing_letters import letter_draft
from schemes.texts import LocalText
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
GRANT, HONGHE = "grad-jobseeking", "532500"


def drafted(code="grant", scheme=GRANT, division=HONGHE, zh="请妥善保管。", withdraws=False):
    subject = subject_of(code, scheme)
    first = subject.first
    body = LocalText(zh=f"{first.body.zh}\n\n{zh}", en=f"{first.body.en}\n\nPlease keep this.")
    text = None if withdraws else Text(first.title, body)
    user = world.user("policy-editor")
    return policy_desk.begin(user, letter_draft(subject, division, text, world.START.date()), world.START)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, proposal, number=""):
    return reverse(f"letter_preview:{name}", args=[proposal.pk]) + (f"?case={number}" if number else "")


def main(response, status=200):
    assert response.status_code == status, response.content.decode()[:1500]
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


@pytest.fixture
def both():
    """An editor who also reviews cases at the county."""
    user = world.user("policy-editor")
    post = Post.objects.get(user__username="county-reviewer", office__function="hrss")
    appoint(user, post.office, "reviewer", date(2026, 1, 1))
    return user


def test_without_a_case_the_sample_has_example_words_and_says_so():
    text = main(client_of(world.user("policy-editor")).get(address("show", drafted())))
    assert "用示例文字填写" in text
    assert "李明" in text
    assert "请妥善保管。" in text
    assert "【样稿】" in text
    assert "（样稿，不编号）" in text


def test_an_editor_without_a_case_post_reads_no_case():
    case = world.grant().submit().say("accept")
    before = Event.objects.filter(action="case.read").count()
    text = main(client_of(world.user("policy-editor")).get(address("show", drafted(), case.application.number)), 422)
    assert "没有找到您可以查看的这件申请" in text
    assert case.application.subject.name not in text
    assert Event.objects.filter(action="case.read").count() == before


def test_who_may_see_the_case_sees_it_in_the_letter_and_the_read_is_recorded(both):
    case = world.grant().submit().say("accept")
    number = case.application.number
    text = main(client_of(both).get(address("show", drafted(), number)))
    assert case.application.subject.name in text
    assert number in text
    assert "这里是示例" in text
    event = Event.objects.filter(action="case.read").latest("pk")
    assert (event.actor, event.subject) == ("policy-editor", str(case.public_id))


def test_a_case_of_another_scheme_or_place_does_not_fit_the_letter(both):
    case = world.grant().submit().say("accept")
    number = case.application.number
    other = drafted("phase_out", "dibao-phase-out")
    assert "别的事项" in main(client_of(both).get(address("show", other, number)), 422)
    elsewhere = drafted(division="532501")
    assert "不在这份文本适用的地区" in main(client_of(both).get(address("show", elsewhere, number)), 422)


def test_a_standard_letter_is_filled_from_any_case_one_may_see(both):
    case = world.grant().submit().say("accept")
    text = main(client_of(both).get(address("show", drafted("extension", ""), case.application.number)))
    assert case.application.number in text


def test_the_file_is_a_sample_without_number_and_nothing_of_it_is_kept():
    papers = Paper.objects.count()
    response = client_of(world.user("policy-editor")).get(address("pdf", drafted()))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]
    told = response.content.decode()
    assert "【样稿】" in told
    assert "样稿，不编号" in told
    assert Paper.objects.count() == papers


def test_a_sample_that_cannot_be_made_says_what_to_do(monkeypatch):
    def broken():
        raise RenderingFailed("Timeout")

    monkeypatch.setattr("approvals.views.letter_preview.renderer", broken)
    response = client_of(world.user("policy-editor")).get(address("pdf", drafted()))
    assert "请稍后再试" in main(response, 422)


def test_the_file_of_a_case_one_may_not_see_is_not_made():
    case = world.grant().submit().say("accept")
    response = client_of(world.user("policy-editor")).get(address("pdf", drafted(), case.application.number))
    assert "没有找到您可以查看的这件申请" in main(response, 422)


def test_there_is_no_sample_of_a_withdrawal_or_of_another_draft():
    client = client_of(world.user("policy-editor"))
    proposal = drafted()
    policy_desk.submit(world.user("policy-editor"), proposal.pk, "统一", world.START)
    policy_desk.publish(world.user("policy-publisher"), proposal.pk, world.START)
    withdrawal = drafted(withdraws=True)
    assert client.get(address("show", withdrawal)).status_code == 404
    Proposal.objects.filter(pk=proposal.pk).update(kind="package")
    assert client.get(address("show", proposal)).status_code == 404


@pytest.mark.parametrize("account", ["county-reviewer", "auditor", "admin", "applicant"])
def test_the_sample_does_not_exist_for_others(account):
    assert client_of(world.user(account)).get(address("show", drafted())).status_code in {403, 404}


def test_the_draft_s_page_leads_to_the_sample():
    proposal = drafted()
    response = client_of(world.user("policy-editor")).get(reverse("policy_work:proposal", args=[proposal.pk]))
    assert address("show", proposal) in response.content.decode()
