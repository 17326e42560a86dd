"""The checklist of a package, and the applicant's pages as they would be."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.joining import in_a_row
from people.refusals import NotFound
from schemes.building.checking import faults_of_package
from schemes.building.package import Package
from schemes.building.sections import entries_of
from schemes.models import Proposal
from schemes.publication import policy_desk
from schemes.views.building.shared import LISTS, ORDER, STEPS, draft_for, title_of_part
from schemes.views.work.shared import at_the_desk, editors_only
from schemes.words.scheme_values import SchemeValues
from schemes.words.version_labels import CODES
from schemes.work_forms.building.steps import tells_disability

ONLY_TOLD = ("pages", "papers_asked", "parameters", "requirements", "calculation", "values", "stages", "letters",
             "refusal_reasons", "declarations", "cases")  # fmt: skip


@editors_only
@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """What is there, what is missing, what to do next."""
    proposal, package = draft_for(request.user, pk, timezone.now())
    found = faults_of_package(package, proposal.division)
    faults: dict[str, list[str]] = defaultdict(list)
    for fault in found:
        faults[fault.part].append(fault.message)
    told = package.own.get("offered_as") == "inform"
    parts = [part for part in ORDER if not (told and part in ONLY_TOLD)]
    context = {
        "proposal": proposal,
        "package": package,
        "tasks": [_task(proposal, package, part, faults.pop(part, [])) for part in parts],
        "others": [message for messages in faults.values() for message in messages],
        "ready": not found,
        "tells": tells_disability(package.own.get("public_title")),
        "told": told,
    }
    return render(request, "schemes/building/checklist.html", context)


def _task(proposal: Proposal, package: Package, part: str, faults: list[str]) -> dict[str, Any]:
    done = not faults
    return {
        "title": title_of_part(part),
        "url": address(proposal, part),
        "summary": summary(package, part),
        "faults": faults,
        "done": done,
        "status": _("完成") if done else _("要补齐"),
    }


def address(proposal: Proposal, part: str) -> str:
    """Where a part is edited."""
    if part in STEPS:
        return reverse("policy_work:build_step", args=[proposal.pk, part])
    if part in LISTS:
        return reverse("policy_work:build_list", args=[proposal.pk, part])
    return reverse(f"policy_work:build_{part}", args=[proposal.pk])


def summary(package: Package, part: str) -> str:
    """What a part says already, in a few words."""
    if part in LISTS:
        number = len(entries_of(package, part))
        return _("%(number)s项") % {"number": number} if number else ""
    if part == "values":
        words = SchemeValues(package.reading())
        return in_a_row(
            f"{words.label(one['name'])} {words.words(one['name'], one['value'])}" for one in package.values
        )
    if part == "calculation":
        return str(CODES["calculation"][str(package.own.get("calculation", "no_amount"))])
    if part == "offer":
        return str(CODES["benefit_kind"].get(str(package.own.get("benefit_kind", "")), ""))
    return package.title if part == "names" else ""


@at_the_desk
@never_cache
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The pages an applicant would see, read only; publishers look at them too."""
    proposal = policy_desk.find(request.user, pk, timezone.now())
    if proposal.kind != Proposal.Kind.PACKAGE:
        raise NotFound()
    context = {"proposal": proposal, "definition": Package.of(proposal.content).reading()}
    return render(request, "schemes/building/preview.html", context)


def edit(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The editor is where a draft of a package is changed."""
    return redirect("policy_work:build", proposal.pk)
