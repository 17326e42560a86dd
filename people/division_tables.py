"""The vendored tables of divisions (people/data, see LICENCES.md there) and how they reach the database."""

import csv
from dataclasses import dataclass
from pathlib import Path

from people.models import Division

DATA = Path(__file__).resolve().parent / "data"
FIELDS = (
    "name",
    "name_en",
    "level",
    "parent_id",
    "province_id",
    "prefecture_id",
    "county_id",
    "retired",
    "successor_id",
    "note",
)
# Column names of the same fields, as bulk_create wants them.
COLUMNS = [field.removesuffix("_id") if field in ("parent_id", "successor_id") else field for field in FIELDS]
TIERS = ("province", "prefecture", "county")


@dataclass(frozen=True)
class LoadResult:
    """How many divisions a load added, changed and found as they were."""

    added: int
    changed: int
    unchanged: int


def read_divisions() -> list[Division]:
    """All vendored divisions, unsaved: those in use with their level columns filled (its own tier
    included), retired codes without parent or columns but with their successor where it is known.
    """
    rows = {row["code"]: row for row in _rows("divisions.csv")}
    return [_in_use(row, rows) for row in rows.values()] + [_retired(row) for row in _rows("retired_codes.csv")]


def load_divisions() -> LoadResult:
    """Bring the database to the vendored tables in one transaction. Repeating it writes nothing;
    divisions the tables do not know are left alone.
    """
    before = {code: tuple(values) for code, *values in Division.objects.values_list("code", *FIELDS)}
    divisions = read_divisions()
    wanted = [division for division in divisions if before.get(division.code) != _values(division)]
    Division.objects.bulk_create(
        wanted, update_conflicts=True, unique_fields=["code"], update_fields=COLUMNS, batch_size=1000
    )
    added = sum(division.code not in before for division in wanted)
    return LoadResult(added, len(wanted) - added, len(divisions) - len(wanted))


def _rows(name: str) -> list[dict[str, str]]:
    """The rows of one vendored table."""
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def _in_use(row: dict[str, str], rows: dict[str, dict[str, str]]) -> Division:
    """A division that exists today."""
    tiers = dict.fromkeys(TIERS, "")
    node: dict[str, str] | None = row
    while node:
        tiers[node["level"]] = node["code"]
        node = rows.get(node["parent"])
    return Division(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        level=row["level"],
        parent_id=row["parent"] or None,
        note=row["note"],
        **{f"{level}_id": tiers[level] for level in TIERS},
    )


def _retired(row: dict[str, str]) -> Division:
    """A code that is only found in old documents and ID numbers."""
    return Division(
        code=row["code"],
        name=row["name"],
        level=row["level"],
        retired=True,
        successor_id=row["successor"] or None,
        note=f"至{row['until']}年",
    )


def _values(division: Division) -> tuple:
    """What the database should hold, in the order of FIELDS."""
    return tuple(getattr(division, field) for field in FIELDS)
