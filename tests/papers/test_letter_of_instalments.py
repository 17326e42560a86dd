"""The letter of a grant in instalments, from the case to the file."""

import page
import pytest

from papers import reading, rendering
from papers.models import Paper
from tests.benefits import instalments as staged


@pytest.mark.django_db
def test_it_stays_a_file_for_archives_and_screen_readers(peopled):
    staged.publish()
    paper = Paper.objects.get(case_ref=staged.granted().public_id, kind="grant")
    made = rendering.render(reading.content(paper))
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        report = page.validate_pdf_bytes(made, profile=profile)
        assert report.is_compliant, report.failures
