"""文书生成 with failed papers and bulk work on it: in both languages, on a screen and on a telephone."""

import pytest

from papers.models import Paper
from tests.approvals.bulk_cases import ready, started, worked
from tests.browser import axe_violations, overflow, small_targets, use_language
from tests.journeys.readers import sit_down

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("peopled", "plain_papers"),
]


@pytest.fixture
def reader():
    """An approver with a bulk run, and two papers that failed."""
    run = worked(started(ready(2)))
    for paper, failure in zip(Paper.objects.filter(kind="grant"), ("Timeout", "Unheard"), strict=True):
        emptied = {"pdf": "", "pdf_sha256": "", "rendered_at": None}
        Paper.objects.filter(pk=paper.pk).update(state="failed", failure=failure, attempts=4, **emptied)
    return run.user.username


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_queue_is_accessible_and_fits(page, reader, language):
    sit_down(page, reader)
    use_language(page, language)
    for width in (1280, 400):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/inbox/papers/")
        assert axe_violations(page) == []
        assert small_targets(page) == []
        assert overflow(page) <= 0


def test_one_press_gives_all_another_try(page, reader):
    sit_down(page, reader)
    page.goto("/inbox/papers/")
    page.get_by_role("button", name="全部重新生成").click()

    page.get_by_text("已重新排队：2 份。").wait_for()
    assert set(Paper.objects.filter(kind="grant").values_list("state", flat=True)) == {"ready"}
