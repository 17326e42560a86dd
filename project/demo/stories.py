"""Some three hundred cases in every state, each made through the real services with an explicit clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from approvals.said import Answered
from people.models import Division, Office, User
from people.synthetic import SyntheticPerson, synthetic_person
from project.demo import answers
from project.demo.clerks import Case


@dataclass(frozen=True)
class Cast:
    """Who takes part in the n-th story, where and when."""

    n: int
    user: User
    county: str
    at: datetime
    papers: bool = False

    def person(self, offset: int = 0, years: tuple[int, int] = (1999, 2005)) -> SyntheticPerson:
        """An invented person of the county."""
        return synthetic_person(self.n * 3 + offset, self.county, years)


def grant_case(cast: Cast, **changes: object) -> Case:
    """A graduate's draft; every third at a school the county does not run."""
    schools = Office.objects.filter(function="school", division_id=cast.county).order_by("pk")
    school = schools[cast.n % len(schools)]
    given = answers.grant(cast.person(), school, cast.at.date(), cast.n, **changes)
    return Case(cast.user, "grad-jobseeking", given, cast.at, papers=cast.papers)


def waiver_case(cast: Cast, **changes: object) -> Case:
    """An agent's draft, welfare and sports in turn."""
    kind = ("welfare", "sports")[cast.n % 2]
    given = answers.waiver(cast.person(years=(1970, 1998)), cast.county, kind, cast.n, **changes)
    return Case(cast.user, "lottery-deposit-waiver", given, cast.at, papers=cast.papers)


def referral_case(cast: Cast, **changes: object) -> Case:
    """A draft of a request that another office decides."""
    given = answers.referral(cast.person(years=(1980, 2000)), cast.county, cast.n, **changes)
    return Case(cast.user, "vocational-assessment", given, cast.at, papers=cast.papers)


def recognition_case(cast: Cast, **changes: object) -> Case:
    """A draft of a request to be recognised."""
    given = answers.recognition(cast.person(years=(1975, 2000)), township_of(cast), cast.n, **changes)
    return Case(cast.user, "employment-hardship-recognition", given, cast.at, papers=cast.papers)


def phase_out_case(cast: Cast, **changes: object) -> Case:
    """A household's draft."""
    township = township_of(cast)
    people = cast.person(years=(1965, 1990)), cast.person(1, years=(1965, 1990))
    employed = (cast.at - timedelta(days=400)).date()
    given = answers.phase_out(*people, township, employed, cast.n, **changes)
    return Case(cast.user, "dibao-phase-out", given, cast.at, papers=cast.papers)


def township_of(cast: Cast) -> str:
    """A township of the county that has an office."""
    offices = Office.objects.filter(function="township", division__parent_id=cast.county).order_by("pk")
    return offices[cast.n % len(offices)].division_id


def grant_to_notice(cast: Cast) -> Case:
    """A grant under public notice."""
    case = grant_case(cast).submit().say("accept")
    return case.say("agree") if case.item_kind() == "review" else case


def waiver_to_decision(cast: Cast) -> Case:
    """A waiver before the prefecture."""
    return waiver_case(cast).submit().say("accept").say("agree").say("agree")


def phase_out_to_notice(cast: Cast) -> Case:
    """A phase-out on notice in its township."""
    case = phase_out_case(cast).submit()
    return case.say("accept", entries=answers.determination(case.at.date()))


def refuse(case: Case) -> Case:
    """The official refuses for want of proof."""
    return case.say("refuse", reasons=("no_evidence",), text="经核查，所交材料不能证明符合条件。")


def phase_out_granted(cast: Cast) -> Case:
    """A phase-out confirmed by the county."""
    case = phase_out_to_notice(cast).end_notice()
    return case.say("agree", entries={"phase_out_months": (6, 9, 12)[cast.n % 3]}).say("grant")


def answered(cast: Cast, outcome: str, words: str) -> Case:
    """A request the office in charge answered."""
    case = referral_case(cast).submit().say("accept")
    place = Division.objects.get(pk=cast.county).name
    told = Answered(f"{place}公共就业服务中心", timezone.localdate(case.at), "")
    return case.say(outcome, text=words, answered=told)


def recognition_to_decision(cast: Cast) -> Case:
    """A recognition before the bureau."""
    return recognition_case(cast).submit().say("accept").say("agree")


def not_accepted(cast: Cast) -> Case:
    """A grant the school does not accept."""
    return grant_case(cast).submit().say("not_accept", text="申请人不在本校就读，请向就读学校申请。")


def phase_out_refused(cast: Cast) -> Case:
    """A phase-out the county refuses."""
    case = phase_out_to_notice(cast).end_notice()
    return refuse(case.say("agree", entries={"phase_out_months": 6}))
