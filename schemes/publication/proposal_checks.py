"""What a proposal's content must be before anybody may publish it; every fault is told with what to do."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pydantic import ValidationError

from people.models import Division
from people.refusals import Invalid
from schemes.definition import SchemeDefinition
from schemes.models import PolicyClause, PolicyDocument, Proposal, Scheme, current_version
from schemes.rules.parameters import read_parameter
from schemes.rules.parsing import BadValueError
from schemes.rules.values import READERS, read_value

BLANKS = re.compile(r"\s+")
# Addresses of the policy pages: a scheme of this name could not be reached.
RESERVED_CODES = frozenset({"work", "what-if", "running", "trace", "division", "document", "letter-preview"})


def check_value(
    scheme: str, division: Division | None, content: Mapping[str, Any], clause: PolicyClause | None
) -> None:
    """A value is one the scheme knows, can be read, rests on a clause of the scheme that holds in its place, and
    holds no longer than that.
    """
    check_readable(scheme, content["name"], content["value"])
    if clause is not None and division is not None and clause.document.division_id not in division.lineage:
        told = _("这个条款出自别处的文件，在这里不适用。请选择本地或者上级文件的条款。")
        raise Invalid(told, errors={"clause": told})
    if clause is None or clause.scheme_id != scheme:
        raise Invalid(_("请选择这个事项的条款。"), errors={"clause": _("请选择这个事项的条款。")})
    begins, ends = days_of(content)
    if ends is not None and ends < begins:
        raise Invalid(_("失效日期不能早于生效日期。"), errors={"valid_to": _("失效日期不能早于生效日期。")})
    last = clause.document.in_force_to
    if last is not None and (ends is None or ends > last):
        text = _("文件有效期到%(day)s为止，数值不能超过这一天。") % {"day": last.isoformat()}
        raise Invalid(text, errors={"valid_to": text})
    if content["basis"] == "assumed" and not content["note"]:
        raise Invalid(_("示例值请写明依据什么暂定。"), errors={"note": _("示例值请写明依据什么暂定。")})


def check_readable(scheme: str, name: str, raw: Any) -> None:
    """A value is one the calculations or the scheme know, and reads as what it must be."""
    version = current_version(scheme)
    kinds = version.definition.parameter_kinds if version else {}
    if name not in kinds and name not in READERS:
        raise Invalid(_("没有这个政策参数。"))
    try:
        _value = read_parameter(kinds[name], raw) if name in kinds else read_value(name, raw)
    except BadValueError as error:
        message = error.message.in_language(get_language() or "")
        raise Invalid(message, errors={"value": message}) from error


def days_of(content: Mapping[str, Any]) -> tuple[date, date | None]:
    """From which day to which day a drafted value holds."""
    ends = content.get("valid_to")
    return date.fromisoformat(content["valid_from"]), date.fromisoformat(ends) if ends else None


def begins_in_the_past(proposal: Proposal, on: date) -> bool:
    """Whether a value would hold from a day that is over. A document is from the day it bears: it is not backdated.

    The values of a package count where its scheme exists already: a scheme that is new has no past.
    """
    content = proposal.content
    if proposal.kind == Proposal.Kind.PACKAGE:
        return bool(content.get("base")) and any(days_of(value)[0] < on for value in content.get("values", ()))
    return proposal.changes_value and days_of(content)[0] < on


# ------------------------------------------------------------------ versions


def check_version(content: Mapping[str, Any]) -> SchemeDefinition:
    """The definition, when it holds together."""
    try:
        definition = SchemeDefinition.model_validate(content)
    except ValidationError as error:
        raise Invalid(_("事项定义不完整或前后不一致，请按校验结果修改。"), errors=faults_of(error)) from error
    if definition.code in RESERVED_CODES:
        text = _("这个代码是系统保留的，请换一个。")
        raise Invalid(text, errors={"code": text})
    return definition


def faults_of(error: ValidationError) -> dict[str, str]:
    """What is wrong, by the place in the definition."""
    return {".".join(map(str, fault["loc"])) or "definition": fault["msg"] for fault in error.errors()}


# ------------------------------------------------------------------ documents


def check_document(division: str, content: Mapping[str, Any]) -> None:
    """A document has its days in order, at least one clause, and clauses that stand in its text word for word."""
    faults = dict(document_faults(division, content))
    if faults:
        raise Invalid(_("文件草案还不完整，请按提示修改。"), errors=faults)


def document_faults(
    division: str, content: Mapping[str, Any], coming: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """What is wrong with a drafted document, by field; `coming` are schemes that come on record with it."""
    begins = content.get("dated") or content.get("published")
    if not begins:
        yield "dated", _("请填写成文日期；没有成文日期的，填写公布日期。")
    elif content.get("in_force_to") and content["in_force_to"] < begins:
        yield "in_force_to", _("有效期的最后一天不能早于成文日期。")
    other = PolicyDocument.objects.filter(pk=content["code"]).exclude(division=division).exists()
    if other:
        yield "code", _("这份文件已经登记在别的地区，不能改到这里。")
    if not content["clauses"]:
        yield "clauses", _("请至少录入一条条款。没有条款的文件不产生作用。")
    known = set(Scheme.objects.values_list("pk", flat=True)) | coming
    seen: set[tuple[str, str]] = set()
    for place, clause in enumerate(content["clauses"]):
        yield from clause_faults(place, clause, content, known, seen)


def clause_faults(
    place: int, clause: Mapping[str, Any], content: Mapping[str, Any], known: set[str], seen: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """What is wrong with one clause of a drafted document; `seen` remembers the ones before."""
    where = f"clauses.{place}"
    if clause["scheme"] not in known:
        yield where, _("条款“%(clause)s”：没有这个事项，请先发布事项。") % {"clause": clause["clause"]}
    if (clause["scheme"], clause["clause"]) in seen:
        yield where, _("条款“%(clause)s”对同一事项录入了两次。") % {"clause": clause["clause"]}
    seen.add((clause["scheme"], clause["clause"]))
    if not stands_in(clause["text"], content.get("text", "")):
        yield where, _("条款“%(clause)s”的条文与全文不一致，请逐字核对。") % {"clause": clause["clause"]}


def stands_in(clause: str, text: str) -> bool:
    """Whether a clause stands in a text word for word, blanks aside; without a text nothing can be compared."""
    return not text or BLANKS.sub("", clause) in BLANKS.sub("", text)
