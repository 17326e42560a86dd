"""Three hundred cases in every state, each made through the real services with an explicit clock."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from people.models import Division, User
from project.demo import institution_stories, oversight_stories, stories
from project.demo.clerks import Case
from project.demo.directory import MENGZI, SHORT

STORIES: dict[str, tuple[int, int, Callable[[stories.Cast], Case]]] = {
    # name: (how many, days ago it began, what happens)
    "grant_draft": (12, 9, stories.grant_case),
    "grant_submitted": (14, 4, lambda cast: stories.grant_case(cast).submit()),
    "grant_returned": (10, 12, lambda cast: stories.grant_case(cast).submit().ask_to_correct()),
    "grant_lapsed": (6, 60, lambda cast: stories.grant_case(cast).submit().ask_to_correct()),
    "grant_not_accepted": (6, 20, stories.not_accepted),
    "grant_accepted": (13, 6, lambda cast: stories.grant_case(cast).submit().say("accept")),
    "grant_in_review": (10, 8, lambda cast: stories.grant_case(cast).submit().say("accept").claimed_if_reviewed()),
    "grant_noticed": (14, 7, stories.grant_to_notice),
    "grant_to_decide": (20, 20, lambda cast: stories.grant_to_notice(cast).end_notice()),
    "grant_refused": (10, 40, lambda cast: stories.refuse(stories.grant_to_notice(cast).end_notice())),
    "grant_paid": (26, 70, lambda cast: stories.grant_to_notice(cast).end_notice().say("grant").confirm_papers()),
    "grant_granted": (16, 38, lambda cast: stories.grant_to_notice(cast).end_notice().say("grant")),
    "grant_withdrawn": (6, 15, lambda cast: stories.grant_case(cast).submit().withdraw()),
    "waiver_draft": (3, 5, stories.waiver_case),
    "waiver_submitted": (8, 4, lambda cast: stories.waiver_case(cast).submit()),
    "waiver_opinion": (6, 7, lambda cast: stories.waiver_case(cast).submit().say("accept")),
    "waiver_returned": (4, 12, lambda cast: stories.waiver_case(cast).submit().ask_to_correct()),
    "waiver_to_decide": (6, 15, stories.waiver_to_decision),
    "waiver_refused": (4, 40, lambda cast: stories.refuse(stories.waiver_to_decision(cast))),
    "waiver_pending": (6, 30, lambda cast: stories.waiver_to_decision(cast).say("grant")),
    "waiver_in_force": (14, 60, lambda cast: stories.waiver_to_decision(cast).say("grant").say("confirm")),
    "phase_out_draft": (3, 5, stories.phase_out_case),
    "phase_out_submitted": (8, 3, lambda cast: stories.phase_out_case(cast).submit()),
    "phase_out_returned": (4, 12, lambda cast: stories.phase_out_case(cast).submit().ask_to_correct()),
    "phase_out_noticed": (8, 5, stories.phase_out_to_notice),
    "phase_out_in_review": (8, 14, lambda cast: stories.phase_out_to_notice(cast).end_notice()),
    "phase_out_refused": (4, 50, stories.phase_out_refused),
    "phase_out_to_file": (6, 40, stories.phase_out_granted),
    "phase_out_filed": (10, 100, lambda cast: stories.phase_out_granted(cast).say("file")),
    "referral_submitted": (3, 3, lambda cast: stories.referral_case(cast).submit()),
    "referral_waiting": (6, 9, lambda cast: stories.referral_case(cast).submit().say("accept")),
    "referral_late": (2, 60, lambda cast: stories.referral_case(cast).submit().say("accept")),
    "referral_answered": (6, 30, lambda cast: stories.answered(cast, "answer_yes", "已登记，请于下周来中心做评估。")),
    "referral_declined": (2, 40, lambda cast: stories.answered(cast, "answer_no", "已有一年内的评估，不再重复。")),
    "recognition_to_decide": (4, 8, stories.recognition_to_decision),
    "recognised": (6, 30, lambda cast: stories.recognition_to_decision(cast).say("grant")),
    "employer_visited": (2, 10, institution_stories.employer_visited),
    "employer_granted": (4, 45, institution_stories.employer_granted),
    "grant_taken_up": (2, 34, oversight_stories.taken_up),
    "grant_complained": (2, 34, oversight_stories.complained),
}  # fmt: skip
# The federation's two reviewers are appointed in one county only.
IN_ONE_COUNTY = frozenset({"employer_visited", "employer_granted"})


def casts(users: dict[str, User], now: datetime) -> Iterator[tuple[str, stories.Cast]]:
    """Every story with its cast; half of them in the county of the printed accounts."""
    others = [code for code in SHORT if code != MENGZI]
    people = (users["applicant"], users["applicant2"], users["helper"])
    n = 0
    for name, (count, days, _tell) in STORIES.items():
        for turn in range(count):
            county = MENGZI if turn % 2 == 0 or name in IN_ONE_COUNTY else others[n % len(others)]
            at = now - timedelta(days=days, hours=n % 7)
            yield name, stories.Cast(n, people[n % 3], county, at, papers=True)
            n += 1


def tell(name: str, cast: stories.Cast) -> Case:
    """Play one story."""
    return STORIES[name][2](cast)


def divisions_ready() -> bool:
    """Whether the divisions the stories play in are loaded."""
    return Division.objects.filter(pk__in=SHORT).count() == len(SHORT)
