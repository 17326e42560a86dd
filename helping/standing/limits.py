"""What a mandate, or its end, does to the cases filed under it: the rules the applications room asks for."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from applications.door import Case
from applications.leave import Bound
from applications.models import Application
from applications.own import Act
from applications.states import State
from helping.models import HelpedCase, Mandate
from helping.oral.reading_back import check_unchanged
from helping.standing import about, asking
from helping.standing.scopes import APPLY, CORRECT, EVERYTHING, FOLLOW, RECEIVE, scopes_of, sentence_of
from people.models import User
from people.refusals import Invalid, Refused

# What each act takes. What no single scope names, because it speaks for the person or gives something up, is for
# helpers who were given all of them. To put the person's consent on record takes none: it is how scopes are given.
NEEDED: dict[Act, frozenset[str]] = {
    **dict.fromkeys((Act.FILE, Act.CONTINUE, Act.ERASE), frozenset({APPLY})),
    **dict.fromkeys((Act.CORRECT, Act.DELIVER), frozenset({CORRECT})),
    **dict.fromkeys((Act.RATE, Act.URGE, Act.WRITE, Act.READ, Act.PIN), frozenset({FOLLOW})),
    **dict.fromkeys((Act.WITHDRAW, Act.REPORT, Act.STATE, Act.ACCOUNT, Act.COMPLAIN), EVERYTHING),
    Act.RECEIVE: frozenset({RECEIVE}),
    Act.CONSENT: frozenset(),
}


def needed(act: Act, state: str) -> frozenset[str]:
    """The scopes an act on a case in this state takes: a draft is filled in, anything else is corrected."""
    if act == Act.EDIT:
        return frozenset({APPLY if state == State.DRAFT else CORRECT})
    return NEEDED[act]


def hidden_from(user: User, at: datetime) -> Q:
    """Cases the user filed for somebody for whom they may no longer act: to them these cases do not exist.

    Whoever may apply sees drafts, whoever may correct sees what is to be corrected, whoever may follow sees all. A case
    the person has taken over is filed for nobody else any more; see `gate` for the cases no mandate binds.
    """
    mine = asking.mandates(user, at).filter(person=about.person_outside())
    may_see = (
        Exists(mine.filter(may_follow=True))
        | (Q(state=State.DRAFT) & Exists(mine.filter(may_apply=True)))
        | (Q(state=State.RETURNED) & Exists(mine.filter(may_correct=True)))
    )
    named = Exists(HelpedCase.objects.filter(application=OuterRef("pk")))
    bound = named | Exists(asking.ever_of(user).filter(person=about.person_outside()))
    return Q(for_other=True, by_organisation=False) & ~_of_oneself(user) & Q(bound) & ~Q(may_see)


def bounds(user: User, cases: Iterable[Application], at: datetime) -> dict[int, Bound]:
    """What the scopes of the user's mandates leave out, as `gate` refuses it. To file takes a mandate too; where there
    is none the page of the draft asks for it first.
    """
    helped = [case for case in cases if case.for_other and not case.by_organisation]
    if not helped:
        return {}
    persons = about.persons_of(helped)
    known = set(persons.values()) - {None}
    named = set(HelpedCase.objects.filter(application__in=helped).values_list("application", flat=True))
    ever = set(asking.ever_of(user).filter(person__in=known).values_list("person", flat=True))
    given: dict[int | None, list[frozenset[str]]] = {}
    for mandate in asking.mandates(user, at).filter(person__in=known):
        given.setdefault(mandate.person_id, []).append(frozenset(scopes_of(mandate)))
    bound = [one for one in helped if one.pk in named or (persons[one.pk] in ever and not _is(user, persons[one.pk]))]
    found = {one.pk: _bound_by(given.get(persons[one.pk], []), one.state) for one in bound}
    return {pk: bound for pk, bound in found.items() if bound.acts}


def _bound_by(given: list[frozenset[str]], state: str) -> Bound:
    """`given`: the scopes of each mandate in force; an act takes all of its scopes from one of them."""
    kept = [act for act in Act if not any(needed(act, state) <= scopes for scopes in given)]
    acts = frozenset(act for act in kept if act != Act.FILE or given)
    return Bound(acts, sentence_of(given) if acts else "")


def _of_oneself(user: User) -> Q:
    """What was ticked as somebody else's and is about whoever filed it."""
    return Q(pk__in=()) if user.person_id is None else Q(subject=user.person_id, helped__isnull=True)


def gate(case: Case, act: Act) -> None:
    """Nobody files for another person without a mandate on record, or does more than it allows.

    A case that names no mandate is judged by those its person gave to whoever filed it. Where there never was one (it
    was filed before mandates were kept) it is bound to none: whoever filed it goes on.
    """
    application = case.application
    if not application.for_other or application.by_organisation or case.user is None:
        return
    helped = HelpedCase.objects.select_related("mandate").filter(application=application).first()
    person = about.person_of(application)
    if helped is None and (_is(case.user, person) or not _bound(case, act, person)):
        return
    mandate = _mandate(case, act, person)
    if mandate is None:
        raise _refusal(case, act, person)
    if act == Act.FILE:
        check_unchanged(application)
        _link(case, helped, mandate)


def _is(user: User, person: int | None) -> bool:
    """Whether a case somebody ticked as another's is about themselves."""
    return person is not None and person == user.person_id


def _bound(case: Case, act: Act, person: int | None) -> bool:
    return act == Act.FILE or asking.ever_of(case.user).filter(person=person).exists()


def _mandate(case: Case, act: Act, person: int | None) -> Mandate | None:
    allowed = {f"may_{scope}": True for scope in needed(act, case.application.state)}
    return asking.mandates(case.user, case.at).filter(person=person, **allowed).order_by("-pk").first()


def _refusal(case: Case, act: Act, person: int | None) -> Refused:
    if act != Act.FILE or asking.mandates(case.user, case.at).filter(person=person).exists():
        return Refused(_("本人授权您办理的事项里没有这一项。请由本人办理，或者请本人另行授权。"), code="beyond_mandate")
    text = _("您是替别人申请。提交以前，请先登记您和本人的关系，以及本人是怎样同意的。")
    return Invalid(text, code="no_mandate")


def _link(case: Case, helped: HelpedCase | None, mandate: Mandate) -> None:
    """Bind the case to its mandate, and say so in its story. A draft begun for one person is not filed for another."""
    if helped is not None and helped.mandate.person_id != mandate.person_id:
        text = _("这份申请是替另一位村民（居民）开始的，姓名和身份证号码不一致。请核对后再提交。")
        raise Invalid(text, code="other_person")
    if helped is None:
        HelpedCase.objects.create(application=case.application, mandate=mandate, linked_at=case.at)
    case.record("case.helped", kind=mandate.kind, way=mandate.way)


def link_draft(case: Case, mandate: Mandate) -> HelpedCase:
    """Bind a draft to the mandate it is begun under; inside the door."""
    return HelpedCase.objects.create(application=case.application, mandate=mandate, linked_at=case.at)
