"""A page that asks for a sum beside each of a few items, sent as a browser without script sends it."""

import pytest
from bs4 import BeautifulSoup

from applications.models import Application
from tests.applications import pages

pytestmark = pytest.mark.usefixtures("peopled")
COSTS = "employer-support"


@pytest.fixture
def client():
    return pages.sign_in()


def begun(client):
    """A draft, the page that asks for costs, and its question."""
    client.post(f"/apply/{COSTS}/", {"for_whom": "own"})
    case = Application.objects.get()
    asked = [(page.code, one) for page in case.definition.applicant_pages() for one in page.questions]
    code, question = next((code, one) for code, one in asked if one.kind == "components")
    return case, f"edit/{code}/", question


def shown(client, case, rest):
    return BeautifulSoup(client.get(pages.url(case, rest)).content, "html.parser").main


def test_what_each_item_cost_is_stored_shown_again_and_read_back(client):
    case, page, question = begun(client)
    first, second = (choice.value for choice in question.choices[:2])
    response = pages.send(client, case, page, {f"{question.name}_{second}": "12,345.6"})
    assert response.status_code == 302
    assert pages.answers(case) == {question.name: [{"component": second, "cost": "12345.60"}]}
    boxes = {box["name"]: box.get("value") for box in shown(client, case, page).find_all("input")}
    assert boxes[f"{question.name}_{second}"] == "12345.60"
    assert boxes[f"{question.name}_{first}"] is None
    assert f"{question.choices[1].label.zh}：12,345.60 元" in shown(client, case, "check/").get_text()


def test_a_wrong_sum_is_told_beside_its_item_and_nothing_typed_is_lost(client):
    case, page, question = begun(client)
    first, second = question.choices[:2]
    typed = {f"{question.name}_{first.value}": "一千", f"{question.name}_{second.value}": "500"}
    response = pages.send(client, case, page, typed)
    main = BeautifulSoup(response.content, "html.parser").main
    assert response.status_code == 422
    told = main.find(class_="govuk-error-summary").a
    assert (told["href"], first.label.zh in told.text) == (f"#id_{question.name}_0", True)
    assert main.find(id=f"id_{question.name}_0")["value"] == "一千"
    assert main.find(id=f"id_{question.name}_1")["value"] == "500"
