"""What a proposal would change, old beside new, and who did what when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from schemes.definition import SchemeDefinition
from schemes.models import (
    OriginalFile,
    PolicyClause,
    PolicyDocument,
    PolicyValue,
    Proposal,
    SchemeVersion,
    current_version,
)
from schemes.publication.proposal_checks import days_of
from schemes.publication.publishing_documents import CLAUSE_FIELDS, content_of_document
from schemes.publication.stated_figures import figure_not_in
from schemes.standing import nearest_first, values_of
from schemes.views.building.package_preview import package_preview
from schemes.views.words import full_names, span
from schemes.views.work.letter_shown import letter_preview
from schemes.views.work.shared import people_named, title_of
from schemes.words.differences import differences
from schemes.words.scheme_values import SchemeValues
from schemes.words.version_changes import changes_between
from schemes.words.version_labels import LABELS

DOCUMENT_LABELS: dict[str, Promise] = {
    "title": gettext_lazy("标题"),
    "number": gettext_lazy("文号"),
    "issuer": gettext_lazy("制发机关"),
    "dated": gettext_lazy("成文日期"),
    "published": gettext_lazy("公布日期"),
    "in_force_to": gettext_lazy("有效期到"),
    "source": gettext_lazy("文本来源"),
    "note": gettext_lazy("说明"),
}
CHANGES = {"added": gettext_lazy("新增"), "removed": gettext_lazy("删去"), "changed": gettext_lazy("修改")}


@dataclass(frozen=True)
class Line:
    """One thing that is compared: what it says now and what it would say."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether it changes."""
        return self.before != self.after


@dataclass(frozen=True)
class Step:
    """One step in the life of a proposal."""

    what: str
    who: str
    at: datetime | None
    why: str = ""


def preview_of(proposal: Proposal, at: datetime) -> dict[str, Any]:
    """Everything the page of a proposal shows besides its forms."""
    place, of_kind = proposal.division, PREVIEWS.get(proposal.kind)
    return {
        "title": title_of(proposal),
        "place": (full_names([place])[place.pk] or place.label) if place else "",
        "steps": steps_of(proposal),
        "superseded_by": proposal.superseded_by,
        **(of_kind(proposal, timezone.localdate(at)) if of_kind else {}),
    }


# ------------------------------------------------------------------ values


def _value(proposal: Proposal, today: date) -> dict[str, Any]:
    version = current_version(str(proposal.scheme_id))
    content = proposal.content
    name, (begins, ends) = content["name"], days_of(content)
    if version is None or proposal.division is None or proposal.clause is None:
        return {}
    values, present = SchemeValues(version.definition), _present(proposal, max(begins, today))
    examples = {one.name: one for one in version.definition.examples}
    example = None if present else examples.get(name)
    bases = dict(PolicyValue.Basis.choices)
    before = present or example
    basis = present.basis if present else PolicyValue.Basis.ASSUMED
    rests_on = cited(present.clause) if present else _("事项自带的示例")
    lines = [
        Line(values.label(name), values.words(name, before.value) if before else "",
             values.words(name, content["value"])),
        Line(_("性质"), str(bases[basis]) if before else "", str(bases[content["basis"]])),
        Line(_("依据"), rests_on if before else "", cited(proposal.clause)),
        Line(_("有效期"), span(present.valid_from, present.valid_to) if present else "", span(begins, ends)),
        Line(_("说明"), before.note if before else "", content["note"]),
    ]  # fmt: skip
    own = PolicyValue.objects.filter(
        scheme=version.scheme_id, division=proposal.division, name=name, successor__isnull=True
    )
    source = full_names([present.division])[present.division_id] if present else ""
    return {
        "lines": lines,
        "scheme": version.definition,
        "source": source,
        "overrides": bool(present and present.division_id != proposal.division_id),
        "effects": list(effects(own, begins, ends)) if proposal.state in ("draft", "submitted") else [],
        "clause": proposal.clause,
        "published": proposal.takes_part,
        "not_in_clause": figure_not_in(name, content, proposal.clause.text),
    }


def _present(proposal: Proposal, day: date) -> PolicyValue | None:
    """What holds on the day; of a proposal that was published, what held until then."""
    scheme, division, name = str(proposal.scheme_id), proposal.division, proposal.content["name"]
    if not proposal.takes_part:
        found = values_of(scheme, division, day).get(name)
        return found.value if found else None
    line = nearest_first(division)
    rows = PolicyValue.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        Q(successor__isnull=True) | Q(successor__published_at__gte=proposal.decided_at),
        scheme=scheme,
        division__in=line,
        name=name,
        valid_from__lte=day,
        published_at__lt=proposal.decided_at,
    ).select_related("clause__document", "division")
    return min(rows, key=lambda row: line.index(row.division_id), default=None)


def cited(clause: PolicyClause) -> str:
    """A clause as it is cited."""
    return f"{clause.document.label} {clause.clause}"


def effects(rows: QuerySet[PolicyValue], begins: date, ends: date | None) -> list[str]:
    """What becomes of the division's own rows on publication."""
    found = []
    for row in rows.order_by("valid_from"):
        if not row.overlaps(begins, ends):
            continue
        period = {"period": span(row.valid_from, row.valid_to), "day": begins.isoformat()}
        if row.valid_from < begins:
            found.append(_("现行的数值（%(period)s）到%(day)s的前一天为止。") % period)
        else:
            found.append(_("现行的数值（%(period)s）由新的数值取代。") % period)
    return found


# ------------------------------------------------------------------ documents


def _document(proposal: Proposal, today: date) -> dict[str, Any]:
    content = proposal.content
    document = PolicyDocument.objects.filter(pk=content["code"]).first()
    before = content_of_document(document) if document and not proposal.takes_part else None
    sources = dict(PolicyDocument.Source.choices)
    old = (before or {}) | ({"source": str(sources[before["source"]])} if before else {})
    new = content | {"source": str(sources.get(content["source"], ""))}
    lines = [Line(str(label), old.get(key) or "", new.get(key) or "") for key, label in DOCUMENT_LABELS.items()]
    return {
        "lines": lines,
        "compares": before is not None,
        "clauses": _clauses(content["clauses"], before),
        "text": content.get("text", ""),
        "file": OriginalFile.objects.filter(pk=content.get("file") or 0).first(),
    }


def _clauses(clauses: list[dict[str, Any]], before: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Each clause with the scheme's title and whether it is new, changed or as it stands."""
    known = {(one["scheme"], one["clause"]): one for one in before["clauses"]} if before else {}
    strengths = dict(PolicyClause.Strength.choices)
    found = []
    for place, clause in enumerate(clauses):
        version, old = current_version(clause["scheme"]), known.get((clause["scheme"], clause["clause"]))
        same = old is not None and all(old.get(name, "") == clause.get(name, "") for name in CLAUSE_FIELDS)
        change = "same" if same else "added" if old is None else "changed"
        found.append(
            {
                "place": place,
                "clause": clause,
                "title": version.definition.title if version else clause["scheme"],
                "strength": strengths[clause["strength"]],
                "change": change if before is not None else "",
                "change_words": str(CHANGES.get(change, _("不变"))),
            }
        )
    return found


# ------------------------------------------------------------------ versions


def _version(proposal: Proposal, today: date) -> dict[str, Any]:
    """Against the version in force part by part; a scheme that is new, or a draft with faults, place by place."""
    base, drafted = _base_of(proposal), _definition(proposal)
    found = {"number": base.number if base else None, "new_scheme": base is None}
    if base is not None and drafted is not None:
        return found | {"sections": changes_between(base.definition, drafted)}
    rows = [
        {
            "section": str(LABELS.get(one.path[0], one.path[0])),
            "path": " › ".join(one.path[1:]),
            "before": one.before,
            "after": one.after,
            "change": str(CHANGES[one.kind]),
        }
        for one in differences(base.content if base else {}, proposal.content)
    ]
    return found | {"differences": rows}


def _definition(proposal: Proposal) -> SchemeDefinition | None:
    """The drafted definition; None while it has faults."""
    try:
        return SchemeDefinition.model_validate(proposal.content)
    except ValidationError:
        return None


def _base_of(proposal: Proposal) -> SchemeVersion | None:
    """The version the draft is compared with: the one in force, or the one in force before it was published."""
    rows = SchemeVersion.objects.filter(scheme_id=proposal.scheme_id).order_by("-number")
    return (rows.filter(published_at__lt=proposal.decided_at) if proposal.takes_part else rows).first()


PREVIEWS: dict[str, Callable[[Proposal, date], dict[str, Any]]] = {
    Proposal.Kind.VALUE: _value,
    Proposal.Kind.CONFIRMATION: _value,
    Proposal.Kind.DOCUMENT: _document,
    Proposal.Kind.VERSION: _version,
    Proposal.Kind.PACKAGE: package_preview,
    Proposal.Kind.LETTER: letter_preview,
}


# ------------------------------------------------------------------ steps


def steps_of(proposal: Proposal) -> list[Step]:
    """Who did what when, with the reasons given."""
    names = people_named([proposal.proposed_by, proposal.decided_by])
    author = names.get(proposal.proposed_by, proposal.proposed_by)
    decider = names.get(proposal.decided_by, proposal.decided_by)
    steps = [Step(_("起草"), author, proposal.proposed_at)]
    if proposal.submitted_at:
        steps.append(Step(_("已提交"), author, proposal.submitted_at, proposal.reason))
    if proposal.withdrawn_at:
        steps.append(Step(_("已撤回"), author, proposal.withdrawn_at))
    if proposal.state == Proposal.State.REJECTED:
        steps.append(Step(_("已退回"), decider, proposal.decided_at, proposal.decision_reason))
    elif proposal.decided_at:
        steps.append(Step(_("已发布"), decider, proposal.decided_at))
    if proposal.superseded_by:
        steps.append(Step(_("被取代"), "", proposal.superseded_by.decided_at))
    return steps
