"""A what-if run in words: which draft, which cases, as rows of a summary list."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError

from applications.models.what_if import WhatIfRun
from people.joining import listed
from people.models import Division
from schemes.definition import SchemeDefinition
from schemes.models import Proposal, current_version
from schemes.standing import values_of
from schemes.views.words import full_names, span
from schemes.words.scheme_values import SchemeValues
from schemes.words.version_changes import Section, changes_between


def title_of(proposal: Proposal) -> str:
    """What the scheme of a draft is called."""
    version = current_version(proposal.scheme_id)
    return str(version.definition.title) if version else proposal.scheme_id


def draft_rows(proposal: Proposal, content: dict[str, Any], codes: list[str]) -> list[dict[str, str]]:
    """What the draft would change, and where."""
    rows = [{"key": _("事项"), "value": title_of(proposal)}]
    if proposal.kind == Proposal.Kind.VERSION:
        rows.append({"key": _("草案"), "value": _("事项的新版本")})
    else:
        rows += _value_rows(proposal, content)
    return [*rows, {"key": _("试算的地区"), "value": places_of(codes)}]


def _value_rows(proposal: Proposal, content: dict[str, Any]) -> list[dict[str, str]]:
    name, words = content["name"], SchemeValues(current_version(proposal.scheme_id).definition)
    ends = content["valid_to"]
    return [
        {"key": _("政策参数"), "value": words.label(name)},
        {"key": _("现在的数值"), "value": _value_now(proposal, words, name)},
        {"key": _("拟定的数值"), "value": words.words(name, content["value"])},
        {
            "key": _("草案写明的有效期"),
            "value": span(date.fromisoformat(content["valid_from"]), date.fromisoformat(ends) if ends else None),
        },
    ]


def _value_now(proposal: Proposal, words: SchemeValues, name: str) -> str:
    """What holds; where nothing is published, the example that is reckoned with until then."""
    present = values_of(proposal.scheme_id, proposal.division, timezone.localdate()).get(name)
    if present:
        return words.words(name, present.value.value)
    example = next((one for one in words.definition.examples if one.name == name), None)
    return f"{words.words(name, example.value)} · {_('事项自带的示例')}" if example else _("没有")


def changes_of(proposal: Proposal) -> list[Section]:
    """What a drafted version changes against the published one; nothing for a value, or while it is faulty."""
    current = current_version(proposal.scheme_id)
    if proposal.kind != Proposal.Kind.VERSION or current is None:
        return []
    try:
        drafted = SchemeDefinition.model_validate(proposal.content)
    except ValidationError:
        return []
    return changes_between(current.definition, drafted)


def run_rows(run: WhatIfRun) -> list[dict[str, str]]:
    """The draft, then the cases and who tries it."""
    rows = draft_rows(run.proposal, run.content, run.divisions)
    rows.append({"key": _("申请提交时间"), "value": span(run.begins, run.ends)})
    if run.proposal.kind != Proposal.Kind.VERSION:
        days = _("当作申请时已经生效") if run.as_if else _("只算草案写明的有效期内的申请")
        rows.append({"key": _("数值从什么时候算起"), "value": days})
    at = timezone.localtime(run.started_at)
    rows.append({"key": _("谁在什么时候试算"), "value": f"{run.started_by.full_name} {at:%Y-%m-%d %H:%M}"})
    return rows


def places_of(codes: list[str]) -> str:
    """The names of divisions, each with those above it."""
    names = full_names(list(Division.objects.filter(pk__in=codes)))
    return listed(names[code] or _("全国") for code in codes if code in names)
