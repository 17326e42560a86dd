"""What the pages of the editor have in common: finding one's draft, saving it, the parts there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.forms import BaseForm
from people.models import Division, User
from people.refusals import Conflict, Invalid, NotFound
from schemes.building.beginning import draft_of
from schemes.building.package import Package
from schemes.models import Proposal
from schemes.publication import policy_desk
from schemes.views.work.values import edition_of
from schemes.work_forms.building import asked, cases, clauses, rules, steps
from schemes.work_forms.building.base import DraftForm


@dataclass(frozen=True)
class Part:
    """A part of the editor: a step that stands once, or a list of entries; `shared` where schemes share entries."""

    title: Promise
    hint: Promise | str
    form: type[DraftForm]
    shared: bool = False


STEPS: Mapping[str, Part] = {
    "names": Part(_("代码和名称"), "", steps.NamesForm),
    "words": Part(_("简介和咨询"), "", steps.WordsForm),
    "offer": Part(_("怎样提供"), "", steps.OfferForm),
    "calculation": Part(_("计算方法"), "", steps.CalculationForm),
}
LISTS: Mapping[str, Part] = {
    "clauses": Part(_("文件和条款"), _("这个事项依据的条款，逐字照录。"), clauses.PackageClauseForm),
    "pages": Part(
        _("问题"),
        _("申请人一页一页地填写。姓名、身份证、住址、账号等可以选用共用的页面。"),
        asked.QuestionForm,
        shared=True,
    ),
    "papers_asked": Part(_("材料"), _("能通过数据核对的，不要再让人提交。"), asked.PaperForm, shared=True),
    "parameters": Part(
        _("本事项自己的参数"),
        _("条件里用到、各地可以不同的数值，例如毕业年限。金额等计算用的参数由系统提供。"),
        rules.ParameterForm,
    ),
    "requirements": Part(_("条件"), _("全部满足才符合。"), rules.RequirementForm, shared=True),
    "stages": Part(_("办理环节"), _("按先后排列，从受理开始，有一个决定。"), rules.StageForm, shared=True),
    "refusal_reasons": Part(_("不予批准的理由"), _("办理人员从中选择，写进决定书。"), rules.ReasonForm, shared=True),
    "declarations": Part(_("承诺事项"), _("申请人提交前逐条确认。"), asked.DeclarationForm, shared=True),
    "cases": Part(_("用例"), _("至少三个：批准的、刚好不符合的、缺少信息的。保存后马上试算。"), cases.CaseForm),
}
ORDER = (
    "clauses", "names", "words", "offer", "pages", "papers_asked", "parameters", "requirements", "calculation",
    "values", "stages", "letters", "refusal_reasons", "declarations", "cases",
)  # fmt: skip
VALUES, LETTERS = _("本地的数值"), _("文书")


def title_of_part(part: str) -> str:
    """What a part is called."""
    if part in ("values", "letters"):
        return str(VALUES if part == "values" else LETTERS)
    return str((STEPS.get(part) or LISTS[part]).title)


def draft_for(user: User, pk: int, at: datetime) -> tuple[Proposal, Package]:
    """One's draft of a package. Raises NotFound for everything else."""
    proposal = policy_desk.find(user, pk, at)
    if proposal.kind != Proposal.Kind.PACKAGE or not policy_desk.acts_of(user, proposal, at).edit:
        raise NotFound()
    return proposal, Package.of(proposal.content)


def place_of(proposal: Proposal) -> Division:
    """The division of a package; the database holds none without."""
    if proposal.division is None:
        raise NotFound()
    return proposal.division


def save(request: HttpRequest, proposal: Proposal, package: Package) -> Proposal:
    """Another edition. Raises Conflict when it was saved meanwhile."""
    draft = draft_of(package, proposal.division_id)
    return policy_desk.change(request.user, proposal.pk, draft, edition_of(request), timezone.now())


def saved(request: HttpRequest, proposal: Proposal, package: Package, form: BaseForm) -> bool:
    """Save what a form made; a refusal goes to the form, which comes back with everything typed."""
    try:
        save(request, proposal, package)
    except (Conflict, Invalid) as refusal:
        form.add_error(None, refusal.message)
        return False
    return True


def form_page(request: HttpRequest, template: str, proposal: Proposal, form: BaseForm, **more: Any) -> HttpResponse:
    """The page of a form over a draft."""
    context = {
        "form": form,
        "proposal": proposal,
        "edition": request.POST.get("edition", proposal.edition),
        "scheme_title": Package.of(proposal.content).title,
        **more,
    }
    return render(request, f"schemes/building/{template}.html", context, status=422 if form.errors else 200)
