"""样稿: a drafted letter filled in, on the screen and as a file, marked as a sample and never kept.

With example words for everybody at the policy desk. From a case only for those who may see that case anyway, and it is
logged as a read of the case.
"""

from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from applications.models import Application
from applications.views.files import file_response
from approvals import scope
from approvals.letters.sample import Sample, case_of, sample_of
from audit import chain
from papers import glyphs
from papers.engine.interface import RenderingFailed, renderer
from people.forms import FilterForm
from people.refusals import Invalid, NotFound
from schemes.letter_book.checking import text_of
from schemes.letter_book.subjects import Subject, subject_of
from schemes.models import Proposal
from schemes.publication import policy_desk
from schemes.views.work.shared import at_the_desk, title_of


class CaseForm(FilterForm):
    """Which case fills the letter in."""

    case = forms.CharField(
        label=gettext_lazy("用哪件申请试填"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("写申请编号。只能用您可以查看的申请，查看会记录在案。不填的，用示例文字。"),
    )


@dataclass(frozen=True)
class Shown:
    """A letter as it was asked for."""

    proposal: Proposal
    form: CaseForm
    case: Application | None
    sample: Sample


@at_the_desk
@never_cache
@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The sample on the screen."""
    return _page(request, _shown(request, pk))


@at_the_desk
@never_cache
@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The sample as a file, made now and kept nowhere; where it cannot be made, the page that says why."""
    shown = _shown(request, pk)
    if shown.form.errors:
        return _page(request, shown)
    content = shown.sample.content
    try:
        glyphs.check(content)
        made = renderer().render(content)
    except Invalid as refusal:
        shown.form.add_error(None, refusal.message)
    except RenderingFailed:
        shown.form.add_error(None, _("样稿没有生成出来。请稍后再试，还不行请联系管理员。"))
    else:
        return file_response(made, "application/pdf", f"{content.title}.pdf")
    return _page(request, shown)


def _page(request: HttpRequest, shown: Shown) -> HttpResponse:
    context = {
        "proposal": shown.proposal,
        "title": title_of(shown.proposal),
        "form": shown.form,
        "case": shown.case,
        "sample": shown.sample,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if shown.form.errors else HTTPStatus.OK
    return render(request, "approvals/letters/preview.html", context, status=status)


def _shown(request: HttpRequest, pk: int) -> Shown:
    """The draft, and the case where one is named that the user may see; reading it is recorded first."""
    at = timezone.now()
    proposal = policy_desk.find(request.user, pk, at)
    subject = _subject(proposal)
    form, case = CaseForm(request.GET), None
    number = form.cleaned_data["case"].strip() if form.is_valid() else ""
    if number:
        try:
            case = case_of(number, subject, proposal.division, scope.visible_cases(request.user, at))
        except Invalid as refusal:
            form.add_error("case", refusal.message)
        else:
            chain.record_read(request.user.username, "case.read", subject=case.public_id)
    return Shown(proposal, form, case, sample_of(subject, text_of(proposal.content), case, at))


def _subject(proposal: Proposal) -> Subject:
    """The letter a proposal words. Raises NotFound for a proposal of another kind, and for a withdrawal."""
    if proposal.kind != Proposal.Kind.LETTER or proposal.content["withdraws"]:
        raise NotFound()
    subject = subject_of(proposal.content["code"], str(proposal.scheme_id or ""))
    if subject is None:
        raise NotFound()
    return subject
