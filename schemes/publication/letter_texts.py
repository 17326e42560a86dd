"""The text a drafted letter would take the place of: kept with the draft, so that everybody compares with the same."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Division
from people.refusals import Invalid
from schemes.letter_book.subjects import subject_of


def beside_text_in_force(
    content: Mapping[str, Any], scheme: str | None, division: str | None, at: datetime
) -> dict[str, Any]:
    """The content of a drafted letter with the text in force. Raises Invalid for a letter there is not."""
    return {**content, "before": text_in_force(content["code"], scheme, str(division), at)}


def text_in_force(code: str, scheme: str | None, division: str, at: datetime) -> dict[str, dict[str, str]]:
    """The text in force in a division at that time, as a proposal stores it. Raises Invalid."""
    subject = subject_of(code, str(scheme or ""))
    if subject is None:
        raise Invalid(_("没有这种文书。请从文书列表里选择。"))
    return subject.text_on(Division.objects.get(pk=division), timezone.localdate(at)).content()
