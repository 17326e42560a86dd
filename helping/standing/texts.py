"""The wording of the consent 同意书 that is shown or read out: kept by version with the other texts people agree to."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from people import consents
from people.models import ConsentText

CODE = "helping"


@dataclass(frozen=True)
class Shown:
    """What is shown or read out before somebody agrees, sentence by sentence."""

    sentences: tuple[str, ...]


def current() -> Shown:
    """Today's wording in the reader's language. Keeps nothing."""
    text = consents.wording(CODE, timezone.localdate())
    return Shown(_sentences(text.zh, text.en))


def version_on(on: date) -> str:
    """The name under which that wording is kept, such as helping/1; a wording shown first becomes a new version."""
    return str(consents.current(CODE, on))


def chinese(on: date) -> tuple[str, ...]:
    """The wording in force on a day as it is printed."""
    return tuple(consents.wording(CODE, on).zh.strip().splitlines())


def shown_for(version: str) -> tuple[str, ...]:
    """The wording that was shown then; empty for a version this site never had."""
    code, _slash, number = version.partition("/")
    text = ConsentText.objects.filter(code=code, version=int(number)).first() if number.isdecimal() else None
    return _sentences(text.zh, text.en) if text else ()


def _sentences(zh: str, en: str) -> tuple[str, ...]:
    english = (get_language() or "").startswith("en")
    return tuple((en if english else zh).strip().splitlines())
