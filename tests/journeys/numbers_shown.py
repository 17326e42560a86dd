"""Whole numbers of persons on pages: where they may stand, and a search for them everywhere else."""

import re

from people import vault
from people.models import Organisation, Person

FIELDS = ("id_number", "certificate", "account")
BETWEEN = re.compile(r"(?<=\d)(?:\s|&nbsp;|<[^<>]*>)+(?=[\dXx])")
# Files for banks, and packages that an archive takes over with the papers in them; what somebody has filled in for
# themselves, or just typed at a counter, is shown to them.
WHOLE = frozenset({"payouts:export", "payouts:locked", "archives:package_download"})
OWN = ("applications:", "own:", "my_data:", "invited:", "helping:")


def numbers() -> set[str]:
    """Every citizen ID, certificate and account on record."""
    people = [(row, field) for row in Person.objects.select_related("data_key") for field in FIELDS]
    units = [(row, "account") for row in Organisation.objects.select_related("data_key")]
    return {
        vault.decrypt(row.data_key, bytes(getattr(row, field)), field)
        for row, field in [*people, *units]
        if getattr(row, field)
    }


def whole_on(text: str, known: set[str]) -> set[str]:
    """Those that stand in a text in full, in groups or not."""
    joined = BETWEEN.sub("", text)
    return {number for number in known if number in text or number in joined}


def may_stand(name: str) -> bool:
    """Whether a URL is meant to show somebody's whole numbers."""
    return name in WHOLE or name.startswith(OWN)
