"""Being invited: the person sees why, says yes or no, and checks and agrees on one page before anything is filed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import actions
from applications.forms import QuestionsForm
from applications.forms.declarations import DeclarationsForm
from applications.states import State
from applications.views.check import gaps_of, paper_rows, refusal_rows, told_in
from applications.views.desk import Desk, applicant_page, applicant_render, open_desk, token_of
from helping.forms.invites import AGREE, NEVER, NOT_THIS, AnswerForm, CodeForm
from helping.invites import answering, inviting, shown
from helping.models import Invitation
from people import throttle
from people.forms import error_entries, tried
from people.models import User
from people.refusals import Conflict, Invalid, NotFound
from schemes.models import current_version

MOST_TRIES, SPAN = 20, 3600
SHOWN = "invited"
LONGEST_KEY = 18


@applicant_page("GET", "POST")
def invited(request: HttpRequest) -> HttpResponse:
    """The invitations to the reader; a POST opens one by its code and the ID number."""
    at, user = timezone.now(), request.user
    form = (
        CodeForm(request.POST) if request.method == "POST" else CodeForm(initial={"code": request.GET.get("code", "")})
    )

    def enter(given: dict[str, Any]) -> Invitation:
        if not throttle.allowed(request, "invited", MOST_TRIES, SPAN):
            raise Conflict(_("试的次数太多。请过一小时再试，或者打邀请书上的电话。"), code="too_often")
        return answering.with_code(user, given["code"], given["number"], at)

    came = tried(request, form, enter)
    if came.done:
        found = came.result.public_id
        request.session[SHOWN] = [*request.session.get(SHOWN, []), found]
        return redirect("invited:one", found)
    mine = [{"invitation": one, "scheme": shown.version_of(one).definition} for one in answering.mine(user, at)]
    context = {"form": form, "mine": mine, "left_alone": _left_alone(user)}
    return applicant_render(request, "helping/invites/invited.html", context, status=came.status)


def _left_alone(user: User) -> list[dict[str, Any]]:
    """What the person does not want to be asked about, by its title."""
    rows = [(row, current_version(row.scheme_code)) for row in answering.left_alone(user)]
    return [{"pk": row.pk, "title": version.definition.title if version else ""} for row, version in rows]


@applicant_page("GET", "POST")
def one(request: HttpRequest, invitation: str) -> HttpResponse:
    """One invitation: who invites, what is known and from whom, why; sending the page answers it."""
    at, user = timezone.now(), request.user
    found = answering.opened(user, invitation, request.session.get(SHOWN, []), at)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    came = tried(request, form, lambda given: _answer(user, found, given["answer"]))
    if came.done and came.result is not None:
        return redirect("invited:agree", came.result.public_id)
    if came.done:
        messages.success(request, _("您的答复已经记下。"))
        return redirect("invited:list")
    told, definition = inviting.told_of(found), shown.version_of(found).definition
    context = {
        "invitation": found,
        "scheme": definition,
        "form": form,
        "name": told["name"],
        "facts": shown.facts_in_words(definition, told["facts"]),
        "reasons": shown.lines_in_words(told["lines"]),
        "sources": told["sources"],
    }
    return applicant_render(request, "helping/invites/one.html", context, status=came.status)


def _answer(user: User, found: Invitation, answer: str) -> Any:
    """The draft where they agree, None where they do not."""
    at = timezone.now()
    if answer == AGREE:
        return answering.accept(user, found, at)
    scope = {NOT_THIS: found.scheme_code, NEVER: ""}.get(answer)
    answering.decline(user, found, at, ask_no_more=scope)
    return None


@applicant_page("POST")
def ask_again(request: HttpRequest) -> HttpResponse:
    """Take back that one does not want to be asked."""
    number = request.POST.get("number", "")
    answering.ask_again(request.user, int(number) if number.isdecimal() and len(number) < LONGEST_KEY else 0)
    messages.success(request, _("以后符合条件时，可以再邀请您。"))
    return redirect("invited:list")


@applicant_page("GET", "POST")
def agree(request: HttpRequest, public_id: str) -> HttpResponse:
    """Check and agree on one page: what is known, what is still asked, the declarations; sending it files the case."""
    desk = open_desk(request.user, public_id)
    if not Invitation.objects.filter(application=desk.application).exists():
        raise NotFound()
    if desk.application.state != State.DRAFT:
        return redirect("applications:detail", public_id)
    return _send(request, desk) if request.method == "POST" else _page(request, desk)


def _send(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep what is right, whatever else is wrong; file when nothing is."""
    questions = _questions(desk, request.POST)
    declared = DeclarationsForm(desk.application.definition, request.POST)
    questions.is_valid()
    version, changes = token_of(request), questions.answers()
    try:
        if changes:
            version = actions.save_answers(desk.user, desk.public_id, changes, desk.now, version=version).version
        after = desk.reopened()
        gaps = gaps_of(after)
        if not declared.is_valid() or questions.errors or gaps:
            return _page(request, after, questions, declared, 422, gaps)
        actions.submit(desk.user, desk.public_id, desk.now, version=version)
    except Invalid as invalid:
        return _page(request, desk.reopened(), None, declared, 422, refusal_rows(desk, invalid))
    except Conflict as conflict:
        return _page(request, desk.reopened(), None, declared, 409, [{"message": str(conflict.message)}])
    return redirect("applications:receipt", desk.public_id)


def _questions(desk: Desk, data: Any = None) -> QuestionsForm:
    """Everything that is asked and not answered yet."""
    return QuestionsForm(desk.asked.unanswered, desk.field_context(), {}, data)


def _page(
    request: HttpRequest,
    desk: Desk,
    questions: QuestionsForm | None = None,
    declared: DeclarationsForm | None = None,
    status: int = 200,
    errors: Any = (),
) -> HttpResponse:
    questions, declared = _still_asked(desk, questions), declared or DeclarationsForm(desk.application.definition)
    told = [{"message": one.message, "target": one.target} for one in error_entries(declared)] if status != 200 else []
    context = {
        "application": desk.application,
        "scheme": desk.application.definition,
        "questions": questions,
        "declared": declared,
        "errors": [*told, *errors],
        "told": told_in(desk),
        "papers": paper_rows(desk),
        "lacking": desk.lacking,
    }
    return applicant_render(request, "helping/invites/agree.html", context, status=status)


def _still_asked(desk: Desk, sent: QuestionsForm | None) -> QuestionsForm:
    """The form as it was sent while it has faults; otherwise what is asked now, which answers may have changed."""
    return sent if sent is not None and sent.errors else _questions(desk)
