"""What schemes are called: on the pages of finance, and before outsiders."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from schemes.models import current_versions
from schemes.texts import LocalText


def titles() -> dict[str, str]:
    """The title of every published scheme by its code, in the reader's language; "" stands for a batch of all."""
    named = {version.scheme_id: str(version.definition.title) for version in current_versions()}
    return {"": _("全部事项")} | named


def paying_titles() -> dict[str, str]:
    """The same for the schemes that pay money of ours: those that take a budget."""
    paying = [version for version in current_versions() if version.definition.pays_money]
    return {version.scheme_id: str(version.definition.title) for version in paying}


def public_titles(codes: Collection[str | None]) -> dict[str, LocalText]:
    """What these schemes are called before outsiders, by code: a sheet goes to the bank with its file.

    Codes that nobody has published are left out.
    """
    return {version.scheme_id: version.definition.public_title for version in current_versions(set(codes))}
