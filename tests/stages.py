"""Cases brought to each stage of each scheme: where tests of what officials may do begin."""

from collections.abc import Callable
from typing import Any

from approvals import decide, notices
from approvals.models import PublicNotice
from audit.models import Event
from people.models import Office, Post, User
from people.posts import appoint
from project.demo import answers
from project.demo.clerks import Case
from project.demo.directory import HONGHE, MENGZI
from tests import world

TEXT = "经核查，所交材料不能证明符合条件。"
POINT = ("paper", "id-copy", "照片不清楚，请重新上传。")


def phase_out_noticed() -> Case:
    """A phase-out on notice in its township."""
    return world.phase_out().submit().say("accept", entries=answers.determination(world.START.date()))


def phase_out_reviewed() -> Case:
    """A phase-out before the county's reviewer."""
    return phase_out_noticed().end_notice()


def objected(case: Case) -> Case:
    """A case under notice against which somebody has objected."""
    notice = PublicNotice.objects.get(application=case.application, ended_at__isnull=True)
    notices.object_to(notice, "该生已经就业。", "13800000000", case.later())
    return case


def noticed(n: int = 2) -> Case:
    """A grant under public notice; n = 2 went through the county, n = 0 did not."""
    case = world.grant(n).submit().say("accept")
    return case.say("agree") if case.item_kind() == "review" else case


AT_STAGE: dict[tuple[str, str], Callable[[], Case]] = {
    ("grant", "accept"): lambda: world.grant().submit(),
    ("grant", "county_review"): lambda: world.grant().submit().say("accept"),
    ("grant", "notice"): lambda: objected(noticed()),
    ("grant", "decide"): world.at_decision,
    ("waiver", "accept"): lambda: world.waiver().submit(),
    ("waiver", "dpf_opinion"): lambda: world.waiver().submit().say("accept"),
    ("waiver", "county_review"): lambda: world.waiver().submit().say("accept").say("agree"),
    ("waiver", "decide"): lambda: world.waiver().submit().say("accept").say("agree").say("agree"),
    ("waiver", "confirm"): lambda: world.waiver().submit().say("accept").say("agree").say("agree").say("grant"),
    ("phase_out", "accept"): lambda: world.phase_out().submit(),
    ("phase_out", "notice"): lambda: objected(phase_out_noticed()),
    ("phase_out", "county_review"): phase_out_reviewed,
    ("phase_out", "decide"): lambda: phase_out_reviewed().say("agree", entries={"phase_out_months": 6}),
    ("phase_out", "file"): world.phase_out_granted,
}


def speak(user: User, case: Case, outcome: str, **said: Any) -> None:
    """This user says this about the open item, an hour later."""
    said.setdefault("text", TEXT)
    decide.act(user, case.item().pk, decide.Said(outcome, **said), case.later(1))


def office(function: str, division: str = MENGZI) -> Office:
    """An authority; by default Mengzi's."""
    return Office.objects.get(division_id=division, function=function)


def prefecture(function: str) -> Office:
    """An authority of the prefecture."""
    return office(function, HONGHE)


def official(name: str, at: Office, role: str) -> User:
    """A new official with one post, since the beginning of the year."""
    user, _created = User.objects.get_or_create(username=name, defaults={"full_name": f"{name}·新"})
    appoint(user, at, role, world.START.date().replace(month=1, day=1))
    return user


def colleague(case: Case, name: str = "colleague") -> User:
    """A second official on the very post the open item waits for."""
    queue = case.item().queue
    return official(name, queue.office, queue.role)


def post_of(user: User, role: str, at: Office) -> Post:
    """A post somebody holds."""
    return Post.objects.get(user=user, role=role, office=at)


def last_event(case: Case) -> Event:
    """What the audit trail of a case ends with."""
    return Event.objects.filter(stream=case.application.stream).latest("seq")
