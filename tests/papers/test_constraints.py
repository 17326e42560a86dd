"""The database refuses half-states."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from papers.models import Paper


@pytest.fixture
def paper(issued):
    return issued()


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "ready"},
        {"state": "ready", "pdf": "papers/x", "pdf_sha256": "0" * 64},
        {"state": "ready", "pdf": "papers/x", "rendered_at": "now"},
        {"state": "ready", "pdf_sha256": "0" * 64, "rendered_at": "now"},
        {"pdf": "papers/x"},
        {"pdf_sha256": "0" * 64},
        {"rendered_at": "now"},
        {"state": "failed"},
        {"state": "failed", "failure": "Broken", "pdf": "papers/x"},
    ],
)
def test_state_and_file_belong_together(paper, changes):
    if "rendered_at" in changes:
        changes = changes | {"rendered_at": timezone.now()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**changes)


@pytest.mark.parametrize("field", ["sequence", "number", "verify_code"])
def test_numbers_and_codes_stand_once(issued, field):
    first, second = issued(), issued()

    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=second.pk).update(**{field: getattr(first, field)})


def test_a_paper_is_superseded_once(issued):
    old = issued()
    issued(supersedes=old)

    with pytest.raises(IntegrityError), transaction.atomic():
        issued(supersedes=old)
