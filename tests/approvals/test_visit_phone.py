"""A visit on a telephone: a finger signs, photos wait for the network, nothing stays in the browser once it is sent."""

import io

import pytest
from PIL import Image

from approvals.models import Visit, VisitPhoto
from tests.approvals.desk import sign_in
from tests.approvals.visiting import planned
from tests.browser import axe_violations, overflow, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STORED = "Object.keys(sessionStorage).filter(key => key.startsWith('zhida-visit'))"


def photo():
    buffer = io.BytesIO()
    Image.new("RGB", (300, 200), "green").save(buffer, "JPEG")
    return {"name": "yard.jpg", "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


@pytest.fixture
def phone(page):
    """A visit's page on a narrow screen, signed in as who leads it."""
    _case, visit = planned()
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto("/livez")
    cookie = sign_in(visit.first_official.username).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.evaluate("location.origin")}])
    page.goto(f"/inbox/visits/{visit.pk}/")
    page.visit = visit
    return page


def fill_in(page):
    page.check('[name="met"][value="subject"]')
    page.fill('[name="findings"]', "一人独居。")
    page.check('[name="agreed"][value="yes"]')
    page.check('[name="signature"][value="drawn"]')


def draw(page):
    place = page.locator("canvas")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=5)
    page.mouse.up()


def state(page):
    return Visit.objects.get(pk=page.visit.pk).state


def test_the_page_fits_a_telephone_and_every_aid(phone):
    assert overflow(phone) == 0
    assert small_targets(phone) == []
    assert axe_violations(phone) == []


def test_a_finger_signs_and_nothing_stays_in_the_browser(phone):
    fill_in(phone)
    assert len(phone.evaluate(STORED)) == 1
    draw(phone)
    phone.click("[data-report] button.govuk-button:not([type=button])")
    phone.wait_for_selector("#record-title")
    visit = Visit.objects.get(pk=phone.visit.pk)
    assert (visit.state, visit.signature) == ("made", "drawn")
    assert visit.signature_image
    assert phone.evaluate(STORED) == []
    assert axe_violations(phone) == []


def test_what_is_missing_is_said_and_what_was_typed_and_drawn_stays(phone):
    fill_in(phone)
    phone.fill('[name="findings"]', "")
    draw(phone)
    phone.click("[data-report] button.govuk-button:not([type=button])")
    phone.wait_for_selector("[data-error-summary]")
    assert phone.evaluate("document.activeElement.matches('[data-error-summary]')")
    phone.fill('[name="findings"]', "一人独居。")
    phone.click("[data-report] button.govuk-button:not([type=button])")
    phone.wait_for_selector("#record-title")
    assert state(phone) == "made"


def test_a_report_without_network_waits_and_is_sent_once(phone):
    fill_in(phone)
    draw(phone)
    phone.context.set_offline(True)
    phone.click("[data-report] button.govuk-button:not([type=button])")
    phone.wait_for_selector("[data-report-status]:has-text('没有网络')")
    assert state(phone) == "planned"
    phone.context.set_offline(False)
    phone.wait_for_selector("#record-title")
    assert state(phone) == "made"


def test_photos_wait_for_the_network_and_arrive_once(phone):
    phone.context.set_offline(True)
    phone.set_input_files('[name="photos"]', [photo(), photo()])
    phone.click("[data-photos] button")
    phone.wait_for_selector("[data-photo-list] li:has-text('等待上传')")
    phone.context.set_offline(False)
    phone.wait_for_selector("[data-photo-list] li:nth-child(2):has-text('已上传')")
    assert VisitPhoto.objects.count() == 2


def test_what_was_typed_comes_back_after_a_reload(phone):
    fill_in(phone)
    phone.reload()
    assert phone.input_value('[name="findings"]') == "一人独居。"
    assert phone.is_checked('[name="met"][value="subject"]')
