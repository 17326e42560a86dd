"""What followed a decision is told to the applicant."""

import pytest
from django.urls import reverse

from payouts import batching
from payouts.following import what_followed
from tests import world

pytestmark = pytest.mark.django_db


def test_nothing_followed_while_nothing_is_granted():
    assert what_followed(world.at_decision().application) is None


def test_a_grant_waits_to_be_paid_then_finance_deals_with_it():
    case = world.granted()
    [payment] = what_followed(case.application).payments
    assert (payment.period, str(payment.amount), payment.status) == ("2026", "1000.00", "等待发放")
    batching.make(world.user("finance-maker"), world.finance(), "grad-jobseeking", world.year_later(case.at))
    assert what_followed(case.application).payments[0].status == "财政正在办理"


def test_a_phase_out_shows_its_months():
    following = what_followed(world.phase_out_granted().application)
    assert len(following.payments) == 6
    assert following.phase_out.months == 6


def test_the_applicants_page_shows_the_refund_the_centre_owes(client):
    case = world.waiver(0).submit().say("accept").say("agree").say("agree").say("grant")
    client.force_login(case.user)
    page = client.get(reverse("applications:detail", args=[case.public_id])).content.decode()
    assert "应由彩票中心退还" in page
    assert "待签协议" in page
