"""The wordings: those of the site itself stand in texts.toml, those of schemes come from their declarations."""

import hashlib
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db import IntegrityError, transaction

from people.models import ConsentText

TABLE = Path(__file__).with_name("texts.toml")
# How a text begins by which somebody consents for themselves; everything else states that something is true.
CONSENTING = ("我同意", "我和家庭成员同意", "本单位同意")


@dataclass(frozen=True)
class Wording:
    """A text before it is kept: what it is for, in both languages, the first day it may be shown (None: today)."""

    code: str
    zh: str
    en: str
    since: date | None = None

    @property
    def sha256(self) -> str:
        """The hash of both languages: by it a version is known again."""
        return hashlib.sha256(f"{self.zh}\n{self.en}".encode()).hexdigest()

    @property
    def withdrawable(self) -> bool:
        """Whether it is a consent, which can be taken back, and not a statement."""
        return self.zh.startswith(CONSENTING)


@cache
def _table() -> dict[str, tuple[Wording, ...]]:
    rows = tomllib.loads(TABLE.read_text("utf-8"))
    return {
        code: tuple(Wording(code, one["zh"], one["en"], one["since"]) for one in versions)
        for code, versions in rows.items()
    }


def wording(code: str, on: date) -> Wording:
    """The site's own text in force on a day. Raises LookupError for a code or a day there is none for."""
    fitting = [one for one in _table().get(code, ()) if one.since is not None and one.since <= on]
    if not fitting:
        raise LookupError(f"no text {code!r} on {on}")
    return fitting[-1]


def current(code: str, on: date) -> ConsentText:
    """The site's own text in force on a day, kept as a version that a consent can name. Raises LookupError."""
    return kept([wording(code, on)], on)[0]


def kept(wordings: Iterable[Wording], on: date) -> list[ConsentText]:
    """The rows of some wordings, in their order; a wording never seen under its code becomes its next version."""
    wanted = list(wordings)
    rows = ConsentText.objects.filter(code__in={one.code for one in wanted}, sha256__in={one.sha256 for one in wanted})
    known = {(row.code, row.sha256): row for row in rows}
    return [known.get((one.code, one.sha256)) or _next_version(one, on) for one in wanted]


def recorded(code: str, version: int) -> ConsentText:
    """One version as it was shown. Raises ConsentText.DoesNotExist."""
    return ConsentText.objects.get(code=code, version=version)


def _next_version(one: Wording, on: date) -> ConsentText:
    """Two that keep the same new wording at once keep it once."""
    versions = ConsentText.objects.filter(code=one.code)
    try:
        with transaction.atomic():
            return ConsentText.objects.create(
                code=one.code,
                version=versions.count() + 1,
                zh=one.zh,
                en=one.en,
                sha256=one.sha256,
                since=one.since or on,
                withdrawable=one.withdrawable,
            )
    except IntegrityError:
        same = versions.filter(sha256=one.sha256).first()
        return same or _next_version(one, on)
