"""Whether a package may be submitted and published: definition, document, values and cases; each fault in its part."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import ValidationError

from people.models import Division
from people.refusals import Invalid
from schemes.building.dry_run import Tried, try_cases
from schemes.building.package import Package
from schemes.building.plain import Fault, faults_in
from schemes.definition import SchemeDefinition
from schemes.models import PolicyValue, Proposal, Scheme, current_version
from schemes.publication.proposal_checks import RESERVED_CODES, days_of, document_faults
from schemes.rules.parameters import read_parameter
from schemes.rules.parsing import BadValueError
from schemes.rules.values import OF_EVERY_SCHEME, READERS, read_value
from schemes.words.scheme_values import SchemeValues

FEWEST_CASES = 3
# What the cases of a scheme that can be filed must show at least once.
OUTCOMES = (True, False, "unknown")


def check_package(proposal: Proposal) -> None:
    """Raises Invalid with everything that is missing or wrong, by part of the editor."""
    faults = faults_of_package(Package.of(proposal.content), proposal.division)
    if faults:
        errors: dict[str, str] = {}
        for fault in faults:
            errors[fault.part] = f"{errors[fault.part]} {fault.message}" if fault.part in errors else fault.message
        raise Invalid(_("成套草案还不完整，请按检查表逐项补齐。"), errors=errors)


def faults_of_package(package: Package, division: Division | None) -> list[Fault]:
    """Everything that stands in the way, in the order of the editor."""
    if division is None:
        return [Fault("clauses", _("请选择地区。"))]
    definition, faults = _definition(package)
    faults += _code_faults(package)
    faults += _document_faults(package, division)
    if definition is None:
        return [*faults, *_too_few(package)]
    faults += _value_faults(package, definition, division)
    if definition.can_be_filed:
        faults += _too_few(package)
        faults += _case_faults(package, definition, division)
    return faults


def _definition(package: Package) -> tuple[SchemeDefinition | None, list[Fault]]:
    try:
        return package.definition(), []
    except ValidationError as error:
        return None, list(dict.fromkeys(faults_in(error)))


def _code_faults(package: Package) -> Iterator[Fault]:
    if package.code in RESERVED_CODES:
        yield Fault("names", _("这个代码是系统保留的，请换一个。"))
    latest = current_version(package.code) if package.code else None
    if package.base == 0 and package.code and Scheme.objects.filter(pk=package.code).exists():
        yield Fault("names", _("这个代码已有事项使用，请换一个；要改那个事项，请从“修改已有事项”开始。"))
    elif package.base and (latest is None or latest.number != package.base):
        yield Fault("names", _("草案写成以后，这个事项已经发布了新版本。请从新版本重新开始。"))


# ------------------------------------------------------------------ document


def _document_faults(package: Package, division: Division) -> Iterator[Fault]:
    document = package.named_document()
    if document is None:
        if package.base == 0:
            yield Fault("clauses", _("请粘贴或选择政策文件，并选定这个事项依据的条款。"))
        return
    if not package.clauses:
        yield Fault("clauses", _("请至少选定一条这个事项依据的条款。"))
    known = frozenset({package.code})
    yield from (Fault("clauses", str(message)) for _f, message in document_faults(division.pk, document, known))


# ------------------------------------------------------------------ values


def _value_faults(package: Package, definition: SchemeDefinition, division: Division) -> Iterator[Fault]:
    words = SchemeValues(definition)
    yield from (Fault("values", text) for text in _unreadable(package, definition, words))
    if not definition.can_be_filed:
        return
    present = {value["name"] for value in package.values} | {example.name for example in definition.examples}
    rows = PolicyValue.objects.filter(scheme=package.code, division__in=division.lineage, successor__isnull=True)
    present |= set(rows.values_list("name", flat=True))
    for name in definition.policy_values:
        if name not in present:
            yield Fault("values", _("请填写“%(what)s”的数值。") % {"what": words.label(name)})


def _unreadable(package: Package, definition: SchemeDefinition, words: SchemeValues) -> Iterator[str]:
    places = {clause["clause"] for clause in package.clauses}
    for value in package.values:
        label = {"what": words.label(value["name"])}
        why = unreadable(definition, value["name"], value["value"])
        if why:
            yield _("“%(what)s”：%(why)s") % {**label, "why": why}
        if value["clause"] not in places:
            yield _("“%(what)s”依据的条款已不在草案里，请重新选择。") % label
        yield from (text % label for text in _day_faults(package.document or {}, value))


def _day_faults(document: Mapping[str, Any], value: Mapping[str, Any]) -> Iterator[str]:
    begins, ends = days_of(value)
    last = document.get("in_force_to")
    if ends is not None and ends < begins:
        yield _("“%(what)s”：失效日期不能早于生效日期。")
    if last and (ends is None or ends > date.fromisoformat(last)):
        yield _("“%(what)s”：数值不能超过文件的有效期。")
    if value["basis"] == "assumed" and not value["note"]:
        yield _("“%(what)s”：示例值请写明依据什么暂定。")


def unreadable(definition: SchemeDefinition, name: str, raw: Any) -> str:
    """Why a value cannot be read; empty when it can."""
    kinds = definition.parameter_kinds
    if name not in kinds and name not in READERS:
        return _("没有这个政策参数。")
    if name not in definition.policy_values and name not in OF_EVERY_SCHEME:
        return _("这个事项不再用到它，请去掉。")
    try:
        _value = read_parameter(kinds[name], raw) if name in kinds else read_value(name, raw)
    except BadValueError as error:
        return error.message.in_language(get_language() or "")
    return ""


# ------------------------------------------------------------------ cases


def _too_few(package: Package) -> Iterator[Fault]:
    if package.reading().can_be_filed and len(package.cases) < FEWEST_CASES:
        text = _("至少要有%(number)s个用例：批准的、刚好不符合的、缺少信息的。")
        yield Fault("cases", text % {"number": FEWEST_CASES})


def _case_faults(package: Package, definition: SchemeDefinition, division: Division) -> Iterator[Fault]:
    expected = [case["expect"].get("eligible") for case in package.cases]
    names = {True: _("批准的"), False: _("不符合条件的"), "unknown": _("缺少信息的")}
    for outcome in OUTCOMES:
        if package.cases and not any(one is outcome or one == outcome for one in expected):
            yield Fault("cases", _("还缺一个%(kind)s用例。") % {"kind": names[outcome]})
    for result in results_of(package, definition, division):
        if not result.passes:
            yield Fault("cases", _("用例“%(name)s”与预期不符。") % {"name": result.name})


def results_of(package: Package, definition: SchemeDefinition, division: Division) -> list[Tried]:
    """The cases as they come out; none while a value cannot be read."""
    readable = all(not unreadable(definition, value["name"], value["value"]) for value in package.values)
    return try_cases(package, definition, division) if readable else []
