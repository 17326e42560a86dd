"""The lists of a package: reading and changing one without touching the rest."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from schemes.building.package import SELF, Package, known_parts
from schemes.files.loading import storable
from schemes.files.parts import UnknownPartError, with_parts
from schemes.routes import AMOUNT, Stage
from schemes.rules.conditions import POLICY

Entries = list[Any]


def entries_of(package: Package, section: str) -> Entries:
    """The entries of a section."""
    if section == "cases":
        return list(package.cases)
    return package.clauses if section == "clauses" else package.entries(section)


def with_entries(package: Package, section: str, entries: Entries) -> Package:
    """The package with another list in a section; what follows from it is kept in step."""
    if section == "cases":
        return replace(package, cases=tuple(entries))
    if section == "clauses":
        return _with_clauses(package, entries)
    changed = package.with_own(**{section: storable(entries)})
    if section == "parameters":
        return _with_names(package, changed)
    return changed.with_own(routing_facts=_routing(changed)) if section == "stages" else changed


def written_out(section: str, entry: Any) -> Any:
    """An entry with its shared part written out."""
    try:
        return with_parts({section: [entry]}, known_parts())[section][0]
    except UnknownPartError:
        return entry


def unused_parts(package: Package, section: str) -> dict[str, Any]:
    """The shared parts of a section that the package does not use yet, by code."""
    used = {entry["use"] for entry in package.entries(section) if isinstance(entry, Mapping) and "use" in entry}
    used |= {entry.get("code", "") for entry in package.entries(section) if isinstance(entry, Mapping)}
    return {code: part for code, part in known_parts().get(section, {}).items() if code not in used}


def _with_clauses(package: Package, clauses: Entries) -> Package:
    document = dict(package.document or {})
    others = [one for one in document.get("clauses", ()) if one["scheme"] not in (SELF, package.code)]
    return replace(package, document={**document, "clauses": [*others, *clauses]})


def _with_names(before: Package, after: Package) -> Package:
    """Declared parameters are among the policy values, and go from them when they are taken away."""
    old = {entry["name"] for entry in before.entries("parameters")}
    new = [entry["name"] for entry in after.entries("parameters")]
    kept = [name for name in after.own.get("policy_values", ()) if name not in old]
    return after.with_own(policy_values=[*kept, *new])


def _routing(package: Package) -> list[str]:
    """The facts stages go by; the amount and policy values are known without being listed."""
    found: list[str] = []
    for stage in package.reading().stages:
        found += _names_of(stage)
    return [name for name in dict.fromkeys(found) if name != AMOUNT and not name.startswith(POLICY)]


def _names_of(stage: Stage) -> list[str]:
    names = list(stage.when.names()) if stage.when else []
    places = (stage, *stage.seats)
    return [*names, *(place.function_by.fact for place in places if place.function_by)]
