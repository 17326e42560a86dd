"""The office's word on a letter of authority: a second person confirms it, and the cases are handed on."""

import uuid
from datetime import datetime

from django.db.models import F, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from applications import barring, door
from applications.four_eyes import identities_of
from applications.models import Application, CaseActor
from applications.states import State
from approvals.scope import visible_cases
from helping.models import LetterEnd, LetterRuling, OrganisationLetter
from helping.organisations import notices, standing
from helping.organisations.bringing import end, end_of_holder, lock, record
from people.models import User
from people.posts import posts_of
from people.refusals import Conflict, Invalid, NotFound, Refused
from people.roles import CASE_ROLES
from workflows.models import WorkItem


def letters_for(user: User, at: datetime) -> QuerySet[OrganisationLetter]:
    """The letters of organisations whose cases the official sees, the oldest first: to be read, not yet ruled on."""
    organisations = visible_cases(user, at).filter(by_organisation=True).exclude(state=State.DRAFT)
    found = OrganisationLetter.objects.filter(organisation__in=organisations.values("organisation"))
    return standing.related(found).order_by("pk")


def letter_for(user: User, public_id: uuid.UUID, at: datetime) -> OrganisationLetter:
    """One of them. Raises NotFound."""
    found = letters_for(user, at).filter(public_id=public_id).first()
    if found is None:
        raise NotFound()
    return found


def may_rule(user: User, letter: OrganisationLetter, at: datetime) -> bool:
    """Whether an official has a word on a letter: by a case post of their own at an office that has, or had, an item of
    a case of the organisation. A lent post, a copy and oversight let them read it and no more.
    """
    return _at_own_desks(user, letter, at).exists()


def _at_own_desks(user: User, letter: OrganisationLetter, at: datetime) -> QuerySet[Application]:
    """The organisation's cases of which an office where the user has a case post has, or had, an item."""
    offices = {post.office_id for post in posts_of(user, at) if post.role in CASE_ROLES}
    items = WorkItem.objects.filter(queue__office__in=offices)
    cases = Application.objects.filter(organisation=letter.organisation_id, by_organisation=True)
    return cases.filter(pk__in=items.values("case_id"))


def confirm(user: User, public_id: uuid.UUID, at: datetime) -> LetterRuling:
    """The letter counts from now on. Where it replaces whoever acted before, their letters end and its holder has the
    organisation's cases; whoever had them stays a party of them. Those who only ever acted before other offices stay:
    the office knows nothing of them, and whoever filed one case here with a forged letter does not get theirs.

    Raises NotFound, Refused for whoever has no word on it, the holder, their relatives and whoever is close to the
    organisation, for a letter whose days do not run, and for a new holder who is kept out of one of the cases; Conflict
    where it was ruled on or withdrawn.
    """
    letter = letter_for(user, public_id, at)
    others = _cases_of_others(user, letter, at) if letter.replaces else []
    with door.open_many(others, at=at) as cases:
        _lock(user, letter, at)
        _check_days(letter, at)
        if letter.replaces and set(_cases_of_others(user, letter, at)) != set(others):
            raise Conflict(code="stale")  # another was filed a moment ago
        _check_holder(letter, cases)
        before = notices.others(letter, at)
        ruling = LetterRuling.objects.create(letter=letter, confirmed=True, ruled_by=user, at=at)
        record("organisation.letter_confirmed", letter, user, at, replaces=letter.replaces)
        if letter.replaces:
            _replace(letter, user, at)
            _hand_on(cases, letter, user, at)
        notices.confirmed(letter, before, notices.others(letter, at), at)
    return ruling


def refuse(user: User, public_id: uuid.UUID, reason: str, at: datetime) -> LetterRuling:
    """The letter does not count. Raises as `confirm` does, and Invalid without a reason."""
    if reason not in LetterRuling.Reason.values:
        raise Invalid(errors={"reason": _("请选择哪里不对。")})
    letter = letter_for(user, public_id, at)
    with door.open_many([], at=at):
        _lock(user, letter, at)
        ruling = LetterRuling.objects.create(letter=letter, confirmed=False, reason=reason, ruled_by=user, at=at)
        record("organisation.letter_refused", letter, user, at, reason=reason)
        notices.refused(ruling, notices.others(letter, at), at)
    return ruling


def revoke(user: User, public_id: uuid.UUID, at: datetime) -> LetterEnd:
    """The organisation told the office that the holder acts for it no more: all their letters for it end.

    Raises as `confirm` does for whoever has no word on it, Conflict where the letter was never confirmed, or ended.
    """
    letter = letter_for(user, public_id, at)
    with door.open_many([], at=at):
        lock(letter)
        _check_clean(user, letter, at)
        ended = end_of_holder(letter, LetterEnd.How.REVOKED, user, at)
        notices.revoked(letter, at)
    return ended


def _lock(user: User, letter: OrganisationLetter, at: datetime) -> None:
    lock(letter)
    _check_clean(user, letter, at)
    if LetterRuling.objects.filter(letter=letter).exists():
        raise Conflict(_("这份授权委托书已由他人核对。"), code="ruled")
    if not standing.waiting().filter(pk=letter.pk).exists():
        raise Conflict(_("上传的人已经撤回这份授权委托书，不用再核对。"), code="withdrawn")


def _check_days(letter: OrganisationLetter, at: datetime) -> None:
    """Whoever confirms a letter says that its holder acts for the organisation from now on."""
    day = timezone.localdate(at)
    if letter.ends < day:
        text = _("这份授权委托书已经过了有效期，不能确认。请选择“不确认”，再选“委托书已过有效期”。")
        raise Refused(text, code="expired")
    if letter.starts > day:
        text = _("这份授权委托书从%(day)s起才有效，现在不能确认。请到那一天再来核对。")
        raise Refused(text % {"day": letter.starts.isoformat()}, code="not_begun")


def _check_holder(letter: OrganisationLetter, cases: list[door.Case]) -> None:
    """Who acted on a case as an official, or stepped back from it, does not go on with it as its applicant."""
    rows = CaseActor.objects.filter(application__in=[case.application.pk for case in cases])
    mine = rows.filter(who__in=identities_of(letter.holder))
    if mine.exclude(capacity=CaseActor.Capacity.PARTY).exists():
        text = _(
            "这位经办人以工作人员身份办理过这个单位的申请，或者应当回避，不能接替。"
            "请选择“不确认”，再选“受托人办理过这个单位的申请或者应当回避”。"
        )
        raise Refused(text, code="kept_out")


def _check_clean(user: User, letter: OrganisationLetter, at: datetime) -> None:
    """Nobody rules on a letter without a desk of their own that has the organisation's cases, on their own letter, or
    on one of those they are close to.
    """
    if not may_rule(user, letter, at):
        text = _("授权委托书须由经办过这个单位的申请的办理机关、以本人的岗位核对。请转告该机关的工作人员。")
        raise Refused(text, code="no_desk")
    kin = letter.holder.person_id and user.kin.filter(relative=letter.holder.person_id).exists()
    cases = Application.objects.filter(organisation=letter.organisation_id).values_list("pk", flat=True)
    close = user.affiliations.filter(organisation=letter.organisation_id).exists() or door.close_to(user, cases)
    if letter.holder_id == user.pk or kin or close:
        text = _("授权委托书须由本人、近亲属和与这个单位有利害关系的人以外的工作人员核对。")
        raise Refused(text, code="recusal")


def _cases_of_others(user: User, letter: OrganisationLetter, at: datetime) -> list[str]:
    known = _at_own_desks(user, letter, at).values("filed_by")
    rows = Application.objects.filter(organisation=letter.organisation_id, filed_by__in=known)
    return list(rows.exclude(filed_by=letter.holder_id).values_list("public_id", flat=True))


def _replace(letter: OrganisationLetter, by: User, at: datetime) -> None:
    """Called before the cases are handed on: those who have some, none of them here, keep acting elsewhere."""
    known = _at_own_desks(by, letter, at).values("filed_by")
    elsewhere = Application.objects.filter(organisation=letter.organisation_id).exclude(filed_by__in=known)
    before = standing.confirmed().filter(organisation=letter.organisation_id, end__isnull=True)
    before = before.exclude(holder__in=elsewhere.values("filed_by"))
    for one in before.exclude(pk=letter.pk).exclude(holder=letter.holder_id):
        end(one, LetterEnd.How.REPLACED, by, at)


def _hand_on(cases: list[door.Case], letter: OrganisationLetter, by: User, at: datetime) -> None:
    """The cases are the new holder's; whoever had them and the holder are parties of them. A few statements, however
    many they are: an organisation may have thousands, and the office waits for the page.
    """
    applications, holder = [case.application for case in cases], letter.holder
    prefetch_related_objects(applications, "filed_by")
    persons = [holder.person] if holder.person_id else []
    barring.name_each([(one, [one.filed_by, holder]) for one in applications], persons)
    moved = Application.objects.filter(pk__in=[one.pk for one in applications])
    moved.update(filed_by=holder, version=F("version") + 1)
    door.record_each(cases, "case.represented_anew", at, by)
