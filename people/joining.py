"""Parts joined as the reader's language joins them: 、；： in Chinese, a comma, a semicolon and a colon in English."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

Words = str | Promise


def listed(parts: Iterable[Words]) -> str:
    """Names and numbers one after the other."""
    return _("、").join(str(part) for part in parts)


def in_a_row(parts: Iterable[Words]) -> str:
    """Whole statements one after the other, in one sentence."""
    return _("；").join(str(part) for part in parts)


def labelled(label: Words, text: Words) -> str:
    """What something is called, and what it is; the label alone where there is nothing to say."""
    return f"{label}{_('：')}{text}" if text else str(label)


def aside(text: Words) -> str:
    """Something said in brackets after what it belongs to; nothing where there is nothing to say."""
    words = _("（%(text)s）") % {"text": text} if text else ""
    return f" {words}" if words.startswith("(") else words
