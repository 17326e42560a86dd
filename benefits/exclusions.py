"""Not together 避免交叉使用 and the higher of two 就高: what stands between a case and what else its subject holds.

One and the same person is known by the keyed hash of the ID and of the certificate, an organisation by its code,
across schemes, counties and years.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from applications.door import Case
from applications.models import Application, CaseActor
from applications.states import LIVE, State
from people.models import Organisation, Person
from people.refusals import Conflict
from schemes.definition import SchemeDefinition
from schemes.exclusions import Exclusion

PERSON = "person:"
# What may be had several times, each time for other staff, other works or another course, which the papers alone tell
# apart: an official looks at what was granted before, and says why this is another matter.
LOOKED_AT_AGAIN = frozenset(
    {"accessibility-retrofit", "employer-training", "employment-agency-reward", "internship-base-subsidy"}
)


@dataclass(frozen=True)
class Finding:
    """Another case in the way. `blocks`: nothing can be granted while it stands; `may_override`: policy lets an
    official decide otherwise, with a reason.
    """

    code: str
    case: Application
    blocks: bool
    may_override: bool
    note: str = ""

    @property
    def message(self) -> str:
        """What it is, and what can be done, in the reader's language."""
        words = {"scheme": str(self.case.definition.public_title), "number": self.case.number}
        return str(MESSAGES[self.code]() % words)


MESSAGES = {
    "not_together": lambda: _("已享受“%(scheme)s”（申请%(number)s），与本事项不能同时享受。"),
    "not_higher": lambda: _("已享受“%(scheme)s”（申请%(number)s），金额不低于本次，按就高原则不再发放。"),
    "higher": lambda: _("已享受“%(scheme)s”（申请%(number)s），金额低于本次；批准前请先处理原待遇，并写明理由。"),
    "still_open": lambda: _("另有“%(scheme)s”（申请%(number)s）正在办理，两项只能享受一项。"),
    "given_before": lambda: _(
        "“%(scheme)s”已在申请%(number)s中批准过。同一人员、同一支出不能重复补贴；确属不同的，请核对后写明理由。"
    ),
    "same_certificate": lambda: _(
        "同一残疾人证已用于“%(scheme)s”（申请%(number)s），但身份证号码不同，请核对是否同一人。"
    ),
}


def findings(application: Application) -> list[Finding]:
    """What else the subject holds or has asked for that this case cannot stand beside, blocking ones first."""
    if application.subject_id is None or application.is_ex_officio:
        return []
    found = [finding for other in _others(application) for finding in _between(application, other)]
    return sorted(found, key=lambda finding: (not finding.blocks, finding.case.pk))


def can_override(found: list[Finding]) -> bool:
    """Whether something blocks that policy lets an official decide on, and nothing that it does not."""
    blocking = [finding for finding in found if finding.blocks]
    return bool(blocking) and all(finding.may_override for finding in blocking)


def refuse_excluded(case: Case, reason: str = "") -> None:
    """Raise Conflict while something blocks, unless every such finding may be overridden and a reason is given.

    The persons concerned are locked first, so that two cases that exclude each other are decided one by one.
    """
    _lock(case.application)
    blocking = [finding for finding in findings(case.application) if finding.blocks]
    if not blocking:
        return
    if not reason.strip() or not can_override(blocking):
        raise Conflict(" ".join(finding.message for finding in blocking), code="excluded")
    case.record("exclusion.overridden", findings=[[finding.code, finding.case.number] for finding in blocking])


def _others(application: Application) -> QuerySet[Application]:
    others = Application.objects.exclude(pk=application.pk).filter(state__in=LIVE, origin="on_application")
    return others.filter(_same_holder(application)).select_related("scheme_version", "subject").distinct()


def _same_holder(application: Application) -> Q:
    if application.organisation_id is not None:
        return Q(organisation=application.organisation_id)
    same = Q(subject=application.subject_id, organisation__isnull=True)
    certificate = application.subject.certificate_index
    return same | Q(subject__certificate_index=certificate) if certificate else same


def _between(application: Application, other: Application) -> Iterator[Finding]:
    """What two cases are to each other."""
    own, theirs = application.definition, other.definition
    another_person = application.organisation_id is None and other.subject_id != application.subject_id
    if another_person and _same_thing(own, theirs):
        yield Finding("same_certificate", other, blocks=True, may_override=True)
    if own.code == theirs.code and own.code in LOOKED_AT_AGAIN and other.state == State.GRANTED:
        yield Finding("given_before", other, blocks=True, may_override=True)
    for exclusion in _exclusions(own, theirs):
        if exclusion.within == "ever" or _same_year(application, other):
            yield _finding(exclusion, application, other)


def _same_thing(own: SchemeDefinition, theirs: SchemeDefinition) -> bool:
    return own.code == theirs.code or (bool(own.once_group) and own.once_group == theirs.once_group)


def _exclusions(own: SchemeDefinition, theirs: SchemeDefinition) -> Iterator[Exclusion]:
    """The exclusions between two schemes, whichever of them names the other; its own first."""
    named = [one for one in own.excludes if one.scheme == theirs.code]
    yield from named or [one for one in theirs.excludes if one.scheme == own.code]


def _same_year(one: Application, other: Application) -> bool:
    days = (one.policy_date, other.policy_date)
    return None not in days and days[0].year == days[1].year


def _finding(exclusion: Exclusion, application: Application, other: Application) -> Finding:
    note = str(exclusion.note or "")
    if other.state != State.GRANTED:
        return Finding("still_open", other, blocks=False, may_override=True, note=note)
    if exclusion.kind == "not_together":
        return Finding("not_together", other, blocks=True, may_override=exclusion.may_override, note=note)
    if (application.amount or 0) > (other.amount or 0):
        return Finding("higher", other, blocks=True, may_override=True, note=note)
    return Finding("not_higher", other, blocks=True, may_override=exclusion.may_override, note=note)


def _lock(application: Application) -> None:
    """Everybody the case names, and who has the subject's certificate, in one order: whoever else decides a case
    about one of them waits, and two decisions never wait for each other.
    """
    Organisation.objects.select_for_update(of=("self",), no_key=True).filter(pk=application.organisation_id).first()
    named = application.actors.filter(capacity=CaseActor.Capacity.PARTY, who__startswith=PERSON)
    wanted = Q(pk__in=[int(who.removeprefix(PERSON)) for who in named.values_list("who", flat=True)])
    wanted |= Q(pk=application.subject_id)
    if application.subject.certificate_index:
        wanted |= Q(certificate_index=application.subject.certificate_index)
    persons = Person.objects.select_for_update(of=("self",), no_key=True).filter(wanted).order_by("pk")
    list(persons.values_list("pk", flat=True))
