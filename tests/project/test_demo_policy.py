"""The demonstration's publisher finds something to decide."""

import pytest
from bs4 import BeautifulSoup

from project.demo import policy
from schemes.models import Proposal
from schemes.publication import policy_desk
from tests import world
from tests.journeys.everything import client_of

pytestmark = pytest.mark.usefixtures("peopled")


@pytest.fixture
def desk(clock, monday):
    users = {"policy-editor": world.user("policy-editor")}
    policy.waiting(users, monday)
    policy.waiting(users, monday)
    page = BeautifulSoup(client_of("policy-publisher").get("/policy/work/").content, "html.parser")
    return page.find("div", attrs={"aria-label": "等我发布"}).tbody.find_all("tr")


def test_a_notice_and_a_raised_amount_wait_once(desk):
    assert len(desk) == 2
    assert "（演示）" in desk[0].text


def test_both_can_be_published(desk, monday):
    for proposal in Proposal.objects.order_by("pk"):
        policy_desk.publish(world.user("policy-publisher"), proposal.pk, monday)
    assert set(Proposal.objects.values_list("state", flat=True)) == {"published"}
