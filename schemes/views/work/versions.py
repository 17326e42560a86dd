"""事项版本: a file becomes a draft of the next version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.refusals import Conflict
from schemes.files.catalogue_files import CatalogueError
from schemes.files.importing import content_of_file
from schemes.models import Proposal, current_versions
from schemes.publication import policy_desk
from schemes.publication.drafting import Draft
from schemes.views.work.shared import editors_only
from schemes.views.work.values import edition_of
from schemes.work_forms import ImportForm


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest) -> HttpResponse:
    """A new draft from a file."""
    return _page(request, None)


def edit(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Hand in a better file for one's draft."""
    return _page(request, proposal)


def _page(request: HttpRequest, proposal: Proposal | None) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    faults: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, proposal)
        except CatalogueError as error:
            faults = error.faults
        except Conflict as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("policy_work:proposal", saved.pk)
    context = {
        "form": form,
        "proposal": proposal,
        "faults": faults,
        "edition": request.POST.get("edition", proposal.edition if proposal else ""),
        "versions": current_versions(),
    }
    return render(request, "schemes/work/version.html", context, status=422 if faults or form.errors else 200)


def _save(request: HttpRequest, form: ImportForm, proposal: Proposal | None) -> Proposal:
    content = content_of_file(form.cleaned_data["upload"].name or "scheme.toml", form.cleaned_data["text"])
    draft = Draft(Proposal.Kind.VERSION, content, content["code"])
    if proposal is None:
        return policy_desk.begin(request.user, draft, timezone.now())
    return policy_desk.change(request.user, proposal.pk, draft, edition_of(request), timezone.now())
