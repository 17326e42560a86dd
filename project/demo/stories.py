"""Some three hundred cases in every state, each made through the real services with an explicit clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from approvals.said import Answered
from people.models import Division, Office, User
from people.synthetic import SyntheticPerson, synthetic_person
from project.demo import answers
from project.demo.clerks import Case
from project.demo.directory import MENGZI, SHORT


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
    given = answers.recognition(cast.person(years=(1975, 2000)), _township(cast), cast.n, **changes)
    return Case(cast.user, "employment-hardship-recognition", given, cast.at, papers=cast.papers)


def phase_out_case(cast: Cast, **changes: object) -> Case:
    """A household's draft."""
    township = _township(cast)
    people = cast.person(years=(1965, 1990)), cast.person(1, years=(1965, 1990))
    employed = (cast.at - timedelta(days=400)).date()
    given = answers.phase_out(*people, township, employed, cast.n, **changes)
    return Case(cast.user, "dibao-phase-out", given, cast.at, papers=cast.papers)


def _township(cast: Cast) -> str:
    """A township of the county that has an office."""
    offices = Office.objects.filter(function="township", division__parent_id=cast.county).order_by("pk")
    return offices[cast.n % len(offices)].division_id


def _grant_to_notice(cast: Cast) -> Case:
    case = grant_case(cast).submit().say("accept")
    return case.say("agree") if case.item_kind() == "review" else case


def _waiver_to_decision(cast: Cast) -> Case:
    return waiver_case(cast).submit().say("accept").say("agree").say("agree")


def _phase_out_to_notice(cast: Cast) -> Case:
    case = phase_out_case(cast).submit()
    return case.say("accept", entries=answers.determination(case.at.date()))


def _refuse(case: Case) -> Case:
    return case.say("refuse", reasons=("no_evidence",), text="经核查，所交材料不能证明符合条件。")


def _phase_out_granted(cast: Cast) -> Case:
    case = _phase_out_to_notice(cast).end_notice()
    return case.say("agree", entries={"phase_out_months": (6, 9, 12)[cast.n % 3]}).say("grant")


def _answered(cast: Cast, outcome: str, words: str) -> Case:
    case = referral_case(cast).submit().say("accept")
    place = Division.objects.get(pk=cast.county).name
    told = Answered(f"{place}公共就业服务中心", timezone.localdate(case.at), "")
    return case.say(outcome, text=words, answered=told)


def _recognition_to_decision(cast: Cast) -> Case:
    return recognition_case(cast).submit().say("accept").say("agree")


def _not_accepted(cast: Cast) -> Case:
    return grant_case(cast).submit().say("not_accept", text="申请人不在本校就读，请向就读学校申请。")


def _phase_out_refused(cast: Cast) -> Case:
    case = _phase_out_to_notice(cast).end_notice()
    return _refuse(case.say("agree", entries={"phase_out_months": 6}))


STORIES: dict[str, tuple[int, int, Callable[[Cast], Case]]] = {
    # name: (how many, days ago it began, what happens)
    "grant_draft": (12, 9, grant_case),
    "grant_submitted": (20, 4, lambda cast: grant_case(cast).submit()),
    "grant_returned": (10, 12, lambda cast: grant_case(cast).submit().ask_to_correct()),
    "grant_lapsed": (6, 60, lambda cast: grant_case(cast).submit().ask_to_correct()),
    "grant_not_accepted": (6, 20, _not_accepted),
    "grant_accepted": (16, 6, lambda cast: grant_case(cast).submit().say("accept")),
    "grant_in_review": (10, 8, lambda cast: grant_case(cast).submit().say("accept").claimed_if_reviewed()),
    "grant_noticed": (14, 7, _grant_to_notice),
    "grant_to_decide": (24, 20, lambda cast: _grant_to_notice(cast).end_notice()),
    "grant_refused": (10, 40, lambda cast: _refuse(_grant_to_notice(cast).end_notice())),
    "grant_paid": (40, 70, lambda cast: _grant_to_notice(cast).end_notice().say("grant")),
    "grant_granted": (20, 38, lambda cast: _grant_to_notice(cast).end_notice().say("grant")),
    "grant_withdrawn": (6, 15, lambda cast: grant_case(cast).submit().withdraw()),
    "waiver_draft": (3, 5, waiver_case),
    "waiver_submitted": (8, 4, lambda cast: waiver_case(cast).submit()),
    "waiver_opinion": (6, 7, lambda cast: waiver_case(cast).submit().say("accept")),
    "waiver_returned": (4, 12, lambda cast: waiver_case(cast).submit().ask_to_correct()),
    "waiver_to_decide": (6, 15, _waiver_to_decision),
    "waiver_refused": (4, 40, lambda cast: _refuse(_waiver_to_decision(cast))),
    "waiver_pending": (6, 30, lambda cast: _waiver_to_decision(cast).say("grant")),
    "waiver_in_force": (14, 60, lambda cast: _waiver_to_decision(cast).say("grant").say("confirm")),
    "phase_out_draft": (3, 5, phase_out_case),
    "phase_out_submitted": (8, 3, lambda cast: phase_out_case(cast).submit()),
    "phase_out_returned": (4, 12, lambda cast: phase_out_case(cast).submit().ask_to_correct()),
    "phase_out_noticed": (8, 5, _phase_out_to_notice),
    "phase_out_in_review": (8, 14, lambda cast: _phase_out_to_notice(cast).end_notice()),
    "phase_out_refused": (4, 50, _phase_out_refused),
    "phase_out_to_file": (6, 40, _phase_out_granted),
    "phase_out_filed": (14, 100, lambda cast: _phase_out_granted(cast).say("file")),
    "referral_submitted": (3, 3, lambda cast: referral_case(cast).submit()),
    "referral_waiting": (6, 9, lambda cast: referral_case(cast).submit().say("accept")),
    "referral_late": (2, 60, lambda cast: referral_case(cast).submit().say("accept")),
    "referral_answered": (6, 30, lambda cast: _answered(cast, "answer_yes", "已登记，请于下周来中心做评估。")),
    "referral_declined": (2, 40, lambda cast: _answered(cast, "answer_no", "已有一年内的评估结果，不再重复评估。")),
    "recognition_to_decide": (4, 8, _recognition_to_decision),
    "recognised": (6, 30, lambda cast: _recognition_to_decision(cast).say("grant")),
}  # fmt: skip


def casts(users: dict[str, User], now: datetime) -> Iterator[tuple[str, Cast]]:
    """Every story with its cast; half of them in the county of the printed accounts."""
    others = [code for code in SHORT if code != MENGZI]
    people = (users["applicant"], users["applicant2"], users["helper"])
    n = 0
    for name, (count, days, _tell) in STORIES.items():
        for turn in range(count):
            county = MENGZI if turn % 2 == 0 else others[n % len(others)]
            at = now - timedelta(days=days, hours=n % 7)
            yield name, Cast(n, people[n % 3], county, at, papers=True)
            n += 1


def tell(name: str, cast: Cast) -> Case:
    """Play one story."""
    return STORIES[name][2](cast)


def divisions_ready() -> bool:
    """Whether the divisions the stories play in are loaded."""
    return Division.objects.filter(pk__in=SHORT).count() == len(SHORT)
