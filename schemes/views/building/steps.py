"""A part of a package that stands once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.refusals import NotFound
from schemes.building.needs import missing_facts, missing_values, with_needs
from schemes.building.package import Package
from schemes.views.building.shared import STEPS, draft_for, form_page, saved
from schemes.views.work.shared import editors_only
from schemes.work_forms.building.base import DraftForm
from schemes.work_forms.building.steps import NamesForm, tells_disability


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """One form, then back to the checklist."""
    proposal, package = draft_for(request.user, pk, timezone.now())
    if part not in STEPS:
        raise NotFound()
    form = STEPS[part].form(request.POST or None, package=package, entry=package.own)
    _fix_code(form, package)
    if request.method == "POST" and form.is_valid() and saved(request, proposal, _changed(form, package, part), form):
        if part == "names" and tells_disability(form.content().get("public_title")):
            messages.warning(request, _("对外名称会透露残疾，请考虑改掉“残疾”“盲”等字样。"))
        return redirect("policy_work:build", pk)
    return form_page(request, "step", proposal, form, part=STEPS[part])


def _fix_code(form: DraftForm, package: Package) -> None:
    """A scheme on record keeps its code."""
    if isinstance(form, NamesForm) and package.base:
        form.fields["code"].disabled = True


def _changed(form: DraftForm, package: Package, part: str) -> Package:
    own = form.content()
    changed = Package(own, package.document, package.values, package.cases, package.base)
    if part != "calculation":
        return changed
    calculation = own["calculation"]
    if missing_facts(changed, calculation) or missing_values(changed, calculation):
        return with_needs(changed, calculation)
    return changed
