"""The published catalogue, with only the divisions it needs."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from people.division_tables import read_divisions
from people.models import Division
from schemes.files.catalogue_files import read_policies, read_schemes
from schemes.files.loading import Loader

AT = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NAMED = ("grad-jobseeking", "lottery-deposit-waiver", "dibao-phase-out")
DIVISIONS = {
    "0",
    "220000",
    "310000",
    "350000",
    "500000",
    "500153",
    "530000",
    "532500",
    "532502",
    "532503",
    "532522",
    "532600",
    "532622",
    "410000",
    "411500",
    "411502",
}


def put_divisions_on_record():
    """The divisions of the cases, as far as they are not there yet."""
    wanted = [division for division in read_divisions() if division.code in DIVISIONS]
    Division.objects.bulk_create(wanted, ignore_conflicts=True)


@cache
def files():
    """Of the files that come with the software: the three named schemes, and what every place says of them."""
    definitions = [scheme for scheme in read_schemes() if scheme.code in NAMED]
    return definitions, [_of_the_named(policy) for policy in read_policies()]


def _of_the_named(policy):
    return policy.model_copy(update={"schemes": tuple(offer for offer in policy.schemes if offer.scheme in NAMED)})


def load():
    """Load the named schemes and their policies."""
    return Loader(AT, write=True).load(*files())


@pytest.fixture
def divisions(db):
    """Divisions and nothing else."""
    put_divisions_on_record()


@pytest.fixture
def published(divisions):
    """What the founding import reports; the catalogue is loaded into the empty database."""
    return load()
