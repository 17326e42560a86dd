"""One page of the form at a time; every page is saved when it is sent."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import actions
from applications.asking import BEGUN
from applications.forms import QuestionsForm
from applications.journey import CHECK
from applications.offers import offer_of
from applications.own import Act
from applications.prefill import known_about, organisation_of
from applications.reuse.party import foreign_answers
from applications.reuse.words import please_check
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk, token_of
from applications.views.members import MOST_MEMBERS, member_cards
from people.models import Office
from people.refusals import Conflict, Invalid, NotFound
from schemes.definition import Page, Question

LEAVE, AUTOSAVE = "later", "autosave"


@applicant_page("GET", "POST")
def edit(request: HttpRequest, public_id: str, page: str) -> HttpResponse:
    """Ask the questions of a page; a page that is not asked (any more) leads to where the form goes on."""
    desk = open_desk(request.user, public_id)
    asked_page = next((one for one in desk.application.definition.applicant_pages() if one.code == page), None)
    if asked_page is None:
        raise NotFound()
    if request.method == "POST":
        desk.require_editable()
    elif not desk.is_editable:
        return redirect("applications:detail", public_id)
    if desk.journey.step(page) is None and not _may_look_back(desk, asked_page):
        return redirect(desk.journey.first_open.url)
    desk.require(Act.EDIT)
    return _save(request, desk, asked_page) if request.method == "POST" else _show(request, desk, asked_page)


def _may_look_back(desk: Desk, page: Page) -> bool:
    """Whether a short claim keeps the page from the period before: it can be changed, though nobody is led there."""
    return page.code in desk.asked.kept_pages and bool(desk.asked.questions_on(page))


def _show(request: HttpRequest, desk: Desk, page: Page) -> HttpResponse:
    questions = desk.asked.questions_on(page)
    unknown = any(question.name not in desk.answers for question in questions)
    known = _known(desk) if unknown and not desk.application.for_other else {}
    form = QuestionsForm(questions, desk.field_context(), {**known, **desk.answers})
    return _render(request, desk, page, form)


def _known(desk: Desk) -> dict[str, str]:
    """What is offered to be checked instead of typed."""
    organisation = organisation_of(desk.user) if desk.application.by_organisation else {}
    return known_about(desk.user) | organisation


def _render(
    request: HttpRequest, desk: Desk, page: Page, form: QuestionsForm, status: int = 200, errors: Any = ()
) -> HttpResponse:
    household = _household(desk, page)
    members = member_cards(desk, page, household) if household else []
    context = {
        "application": desk.application,
        "page": page,
        "form": form,
        "errors": list(errors),
        "progress": desk.journey.progress(page.code) if desk.journey.place(page.code) else "",
        "back_url": _back_url(request, desk, page),
        "taken": _taken(desk, page),
        "wants_check": request.GET.get("back") == "check",
        "household": household,
        "members": members,
        "may_add": len(members) < MOST_MEMBERS,
        "begun": bool(household and desk.answers.get(household.name + BEGUN)),
        "next_title": _next_title(request, desk, page) if household else "",
        "leave": LEAVE,
    }
    return applicant_render(request, "applications/edit.html", context, status=status)


def _taken(desk: Desk, page: Page) -> list[str]:
    """From where answers on this page were taken over, each source once."""
    names = [question.name for question in desk.asked.questions_on(page)]
    return [*dict.fromkeys(please_check(desk.taken[name].source) for name in names if name in desk.taken)]


def _back_url(request: HttpRequest, desk: Desk, page: Page) -> str:
    if request.GET.get("back") == "check":
        return reverse("applications:check", args=[desk.public_id])
    before = desk.journey.before(page.code)
    return before.url if before else reverse("applications:detail", args=[desk.public_id])


def _next_title(request: HttpRequest, desk: Desk, page: Page) -> str:
    """Where a page with a list leads on to: what its button saves is not on the page to be seen."""
    if request.GET.get("back") == "check" or not desk.journey.place(page.code):
        return desk.journey.step(CHECK).title
    return desk.journey.after(page.code).title


def _household(desk: Desk, page: Page) -> Question | None:
    return next((question for question in desk.asked.questions_on(page) if question.kind == "household"), None)


def _save(request: HttpRequest, desk: Desk, page: Page) -> HttpResponse:
    form = QuestionsForm(desk.asked.questions_on(page), desk.field_context(), desk.answers, request.POST)
    form.is_valid()
    _check_place(desk, form)
    try:
        _keep(request, desk, form)
    except Conflict as conflict:
        return _stale(request, desk, page, form, conflict)
    except Invalid as invalid:
        form.add_error(None, str(invalid.message))
    after = desk.reopened()
    if AUTOSAVE in request.POST:
        told = {"X-Version": str(after.application.version), "X-Saved": "part" if form.errors else "all"}
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=told)
    if LEAVE in request.POST:
        messages.success(request, _("已经保存。您可以随时回来接着填。"))
        return redirect("applications:list")
    errors = _household_errors(after, page)
    if form.errors or errors:
        return _render(request, after, page, form, 422, errors)
    return _go_on(request, desk, after, page)


def _keep(request: HttpRequest, desk: Desk, form: QuestionsForm) -> None:
    """Save what is right, so that nothing is lost when something else on the page is not.

    What was taken over from somebody else's case counts as told anew once the page is sent by hand.
    """
    version, right = token_of(request), form.answers()
    anew = frozenset() if AUTOSAVE in request.POST else foreign_answers(desk.application, desk.answers | right)
    changes = {name: value for name, value in right.items() if name in anew or desk.answers.get(name, ...) != value}
    if changes:
        actions.save_answers(desk.user, desk.public_id, changes, desk.now, version=version)


def _stale(request: HttpRequest, desk: Desk, page: Page, form: QuestionsForm, conflict: Conflict) -> HttpResponse:
    """The page was out of date: what was typed is kept on it, and sending it again saves it."""
    desk = desk.reopened()
    desk.require_editable()
    return _render(request, desk, page, form, 409, [{"message": str(conflict.message)}])


def _check_place(desk: Desk, form: QuestionsForm) -> None:
    """Where values still wait to be confirmed by a document, a production site takes no applications yet."""
    name = desk.application.definition.case_division
    given = form.cleaned_data.get(name)
    if not given or name in form.errors:
        return
    division = Office.objects.get(pk=given).division_id if isinstance(given, int) else given
    if not offer_of(desk.application.definition, division, desk.today).is_open:
        ask = desk.application.definition.ask_at
        form.add_error(name, _("这里还没有开通网上申请，请向%(office)s咨询。") % {"office": ask})


def _household_errors(desk: Desk, page: Page) -> list[dict[str, str]]:
    household = _household(desk, page)
    if household is None or desk.asked.is_answered(household):
        return []
    if desk.answers.get(household.name + BEGUN):
        return [{"message": _("还有一位家庭成员没有填完。请接着填，或者去掉。"), "target": "add-member"}]
    return [{"message": _("请至少添加一位家庭成员。"), "target": "add-member"}]


def _go_on(request: HttpRequest, before: Desk, after: Desk, page: Page) -> HttpResponse:
    """To the next page; or back to this one when an answer called for more questions on it."""
    known = {question.name for question in before.asked.questions_on(page)}
    new = [question for question in after.asked.questions_on(page) if question.name not in known]
    if any(not after.asked.is_answered(question) for question in new):
        messages.info(request, _("根据您的回答，这一页还有问题要填。"))
        return redirect(f"{request.get_full_path()}#id_{new[0].name}")
    if request.GET.get("back") == "check" or not after.journey.place(page.code):
        return redirect(after.journey.step(CHECK).url)
    return redirect(after.journey.after(page.code).url)
