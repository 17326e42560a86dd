"""A process that issues papers until there are as many as asked for: `python -m tests.papers.issue_many 200`."""

import sys

import django

django.setup()

from dataclasses import replace  # noqa: E402

from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from papers.issuing import issue  # noqa: E402
from papers.models import Paper  # noqa: E402
from people.models import DataKey, Office  # noqa: E402
from tests.papers import samples  # noqa: E402


def issue_until(total):
    """Each in a transaction of its own, as the cases of a bulk run."""
    office, key = Office.objects.get(), DataKey.objects.get()
    while (count := Paper.objects.count()) < total:
        content = replace(samples.GRANT, opening=(f"第{count}件。",), number="", verify_code="", verify_url="")
        with transaction.atomic():
            issue(
                kind="grant",
                office=office,
                content=content,
                data_key=key,
                case_ref=f"case-{count}",
                public_title="求职补贴",
                at=timezone.now(),
            )


if __name__ == "__main__":
    issue_until(int(sys.argv[1]))
