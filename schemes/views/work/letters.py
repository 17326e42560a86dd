"""文书文本: the letters of a place with the text in force, who changed what when, and the form that drafts a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.models import Division, User
from people.refusals import Conflict, Invalid, NotFound
from schemes.letter_book.checking import text_of
from schemes.letter_book.in_force import nearest
from schemes.letter_book.subjects import Subject, Text, subject_of, subjects
from schemes.letter_book.vocabulary import meaning_of
from schemes.models import LetterVersion, Proposal, current_version
from schemes.publication import policy_desk, policy_scope
from schemes.publication.publishing_letters import letter_draft
from schemes.views.words import full_names
from schemes.views.work.shared import (
    at_the_desk,
    desk_place,
    desk_places,
    editors_only,
    people_named,
    place_for_editing,
    scheme_choices,
)
from schemes.views.work.values import edition_of
from schemes.words.letter_changes import letter_changes
from schemes.work_forms.letters import LetterPlaceForm, LetterTextForm

# In an address: no scheme, so a standard letter.
STANDARD = "-"
UNDER_WAY = (Proposal.State.DRAFT, Proposal.State.SUBMITTED)


@dataclass(frozen=True)
class Row:
    """A letter in the list: where its text comes from, who changed it last, and what is under way."""

    subject: Subject
    present: LetterVersion | None
    place: str
    author: str
    publisher: str
    later: tuple[LetterVersion, ...]
    under_way: tuple[Proposal, ...]


@at_the_desk
@never_cache
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The letters of a place: standard ones, or those of a scheme."""
    at = timezone.now()
    places = desk_places(request.user, at)
    names = full_names(places)
    choices = [(place.pk, names[place.pk] or place.label) for place in places]
    asked = request.GET if "division" in request.GET or not choices else {"division": choices[0][0]}
    form = LetterPlaceForm(asked, schemes=scheme_choices(), places=choices)
    context = {"form": form, "rows": [], "edits": bool(policy_scope.homes(request.user, policy_scope.EDITOR, at))}
    if form.is_valid():
        scheme, place = form.cleaned_data["scheme"], desk_place(request.user, form.cleaned_data["division"], at)
        context |= {
            "rows": _rows(request.user, scheme, place, at),
            "place": names[place.pk] or place.label,
            "division": place.pk,
            "scheme": scheme or STANDARD,
            "scheme_title": _title_of(scheme),
        }
    return render(request, "schemes/work/letters.html", context, status=422 if form.errors else 200)


def _rows(user: User, scheme: str, place: Division, at: datetime) -> list[Row]:
    """Every letter with its text in force; three queries for all of them."""
    today = timezone.localdate(at)
    versions = LetterVersion.objects.filter(scheme=scheme or None, division__in=place.lineage)
    versions = list(versions.select_related("division").order_by("pk"))
    drafts = list(_drafts(user, scheme, place, at))
    people = people_named(name for one in versions for name in (one.drafted_by, one.published_by))
    names = full_names([version.division for version in versions])
    found = []
    for subject in subjects(scheme):
        own = [version for version in versions if version.code == subject.code]
        present = nearest([version for version in own if version.in_force_from <= today], place)
        found.append(
            Row(
                subject,
                present,
                names[present.division_id] or present.division.label if present else "",
                people.get(present.drafted_by, present.drafted_by) if present else "",
                people.get(present.published_by, present.published_by) if present else "",
                tuple(one for one in own if one.in_force_from > today and one.division_id == place.pk),
                tuple(draft for draft in drafts if draft.content["code"] == subject.code),
            )
        )
    return found


def _drafts(user: User, scheme: str, place: Division, at: datetime) -> Iterable[Proposal]:
    """What the user may see of drafts for this place."""
    rows = policy_scope.proposals_for(user, at).filter(kind=Proposal.Kind.LETTER, state__in=UNDER_WAY)
    return rows.filter(scheme=scheme or None, division=place)


# ------------------------------------------------------------------ one letter


@at_the_desk
@never_cache
@require_safe
def show(request: HttpRequest, division: str, scheme: str, code: str) -> HttpResponse:
    """One letter in a place: the text in force, how it came about, and the variables it may use."""
    at = timezone.now()
    place, subject = desk_place(request.user, division, at), _subject(scheme, code)
    rows, today = subject.rows(), timezone.localdate(at)
    present = subject.row_on(place, today, rows)
    text = subject.text_on(place, today, rows)
    own = [row for row in rows if row.division_id == place.pk]
    context = {
        **_about(subject, place),
        "text": text,
        "sides": letter_changes(text, text),
        "present": present,
        "history": _history([row for row in rows if row.division_id in place.lineage]),
        "variables": variables_of(subject),
        "edits": policy_scope.may_edit(request.user, place, at),
        "withdraws": bool(own) and not own[-1].withdraws,
        "under_way": [one for one in _drafts(request.user, subject.scheme, place, at) if one.content["code"] == code],
    }
    return render(request, "schemes/work/letter.html", context)


def _history(rows: list[LetterVersion]) -> list[dict[str, object]]:
    """Every published text of the letter here and above, the newest first, with the people by name."""
    people = people_named(name for row in rows for name in (row.drafted_by, row.published_by))
    places = full_names([row.division for row in rows])
    return [
        {
            "row": row,
            "place": places[row.division_id] or row.division.label,
            "author": people.get(row.drafted_by, row.drafted_by),
            "publisher": people.get(row.published_by, row.published_by),
        }
        for row in reversed(rows)
    ]


def variables_of(subject: Subject) -> list[dict[str, object]]:
    """The variables a letter may use, with what each means; those it cannot do without first."""
    names = sorted(subject.allowed, key=lambda name: (name not in subject.needed, name))
    return [{"name": name, "words": meaning_of(name), "needed": name in subject.needed} for name in names]


# ------------------------------------------------------------------ drafting


@editors_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, division: str, scheme: str, code: str) -> HttpResponse:
    """A new draft, beginning with the text in force."""
    at = timezone.now()
    place, subject = place_for_editing(request.user, division, at), _subject(scheme, code)
    today = timezone.localdate(at)
    return _form_page(request, subject, place, subject.text_on(place, today), today, None)


def edit(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Change one's draft of a text."""
    content, subject = proposal.content, subject_of(proposal.content["code"], str(proposal.scheme_id or ""))
    if subject is None or content["withdraws"]:
        raise NotFound()
    begins = date.fromisoformat(content["in_force_from"])
    return _form_page(request, subject, proposal.division, text_of(content), begins, proposal)


@editors_only
@require_POST
def withdraw(request: HttpRequest, division: str, scheme: str, code: str) -> HttpResponse:
    """Begin the withdrawal of the place's own text, as a draft that another person publishes."""
    at = timezone.now()
    place, subject = place_for_editing(request.user, division, at), _subject(scheme, code)
    draft = letter_draft(subject, place.pk, None, timezone.localdate(at))
    try:
        begun = policy_desk.begin(request.user, draft, at)
    except Invalid as refusal:
        raise Conflict(refusal.message) from refusal
    return redirect("policy_work:proposal", begun.pk)


def _form_page(
    request: HttpRequest, subject: Subject, place: Division, text: Text, begins: date, proposal: Proposal | None
) -> HttpResponse:
    form = LetterTextForm(request.POST or None, subject=subject, text=text, begins=begins)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, subject, place, proposal)
        except (Invalid, Conflict) as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("policy_work:proposal", saved.pk)
    context = {
        **_about(subject, place),
        "form": form,
        "variables": variables_of(subject),
        "proposal": proposal,
        "back_url": _back(subject, place, proposal),
        "edition": request.POST.get("edition", proposal.edition if proposal else ""),
    }
    return render(request, "schemes/work/letter_text.html", context, status=422 if form.errors else 200)


def _save(
    request: HttpRequest, form: LetterTextForm, subject: Subject, place: Division, proposal: Proposal | None
) -> Proposal:
    draft = letter_draft(subject, place.pk, form.text(), form.cleaned_data["in_force_from"])
    if proposal is None:
        return policy_desk.begin(request.user, draft, timezone.now())
    return policy_desk.change(request.user, proposal.pk, draft, edition_of(request), timezone.now())


def _back(subject: Subject, place: Division, proposal: Proposal | None) -> str:
    if proposal is not None:
        return reverse("policy_work:proposal", args=[proposal.pk])
    return reverse("policy_work:letter", args=[place.pk, subject.scheme or STANDARD, subject.code])


def _about(subject: Subject, place: Division) -> dict[str, object]:
    return {
        "subject": subject,
        "scheme": subject.scheme or STANDARD,
        "scheme_title": _title_of(subject.scheme),
        "division": place.pk,
        "place": full_names([place])[place.pk] or place.label,
        "list_url": f"{reverse('policy_work:letters')}?{urlencode({'scheme': subject.scheme, 'division': place.pk})}",
    }


def _title_of(scheme: str) -> str:
    version = current_version(scheme) if scheme else None
    return str(version.definition.title) if version else _("各事项共用的标准文书")


def _subject(scheme: str, code: str) -> Subject:
    """A letter by its address. Raises NotFound."""
    subject = subject_of(code, "" if scheme == STANDARD else scheme)
    if subject is None:
        raise NotFound()
    return subject
