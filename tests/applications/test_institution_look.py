"""Pages of an organisation's case in a real browser: accessible, nothing too small, nothing sideways."""

import pytest

from tests import institution, world
from tests.applications.pages import hand_in_everything, url
from tests.browser import look_faults, sign_in, use_language

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LONG_NAME = "红河州彩云残疾人辅助性就业服务有限责任公司蒙自分公司"


@pytest.mark.parametrize("width", [400, 1280])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_hold(page, language, width, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    institution.publish()
    draft = hand_in_everything(institution.case())
    filed = institution.case(2, organisation=LONG_NAME).submit()
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, "applicant", world.PASSWORD)
    use_language(page, language)
    pages = [f"/apply/{institution.CODE}/?division=532503", "/applications/", url(filed), url(draft, "check/")]
    assert look_faults(page, [*pages, url(draft, "edit/organisation/"), url(draft, "edit/authorised-person/")]) == []
    page.context.clear_cookies(name="sessionid")
    sign_in(page, "clerk-of-dpf", world.PASSWORD)
    assert look_faults(page, ["/inbox/", f"/inbox/{filed.public_id}/"]) == []
