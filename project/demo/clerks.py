"""Officials at work: who takes an item, and a case pushed along its route through the real services."""

from datetime import datetime, timedelta
from typing import Any

from applications import actions, attachments, papers_due, receiving
from applications.door import barred_from
from applications.models import Application
from approvals import decide, notices
from approvals.models import PublicNotice
from papers import serving
from people.models import Post, User
from project.demo.consent import agree_to_help
from project.demo.pictures import card
from workflows.models import WorkItem

OPINIONS = {
    "accept": "材料齐全，予以受理。",
    "agree": "经审核，符合条件，同意。",
    "grant": "符合条件，准予。",
    "confirm": "协议已签订，含押金恢复条款。",
    "file": "予以备案。",
    "correction": "审核时才发现，现一次告知。",
}


class Case:
    """One case and its clock. Every step takes place some hours after the last."""

    def __init__(self, user: User, scheme: str, answers: dict[str, Any], at: datetime, *, papers: bool = False) -> None:
        self.user, self.at = user, at
        self.public_id = actions.begin(user, scheme, at, for_other=user.username == "helper").public_id
        actions.save_answers(user, self.public_id, answers, at)
        if papers:
            self._hand_in()

    def _hand_in(self) -> None:
        for paper in papers_due.missing_papers(self.application, self.at):
            attachments.add(self.user, self.public_id, paper.code, card(paper.label.zh), self.at)

    @property
    def application(self) -> Application:
        """The case as it stands."""
        return Application.objects.get(public_id=self.public_id)

    def later(self, hours: int = 20) -> datetime:
        """Move the case's clock on."""
        self.at += timedelta(hours=hours)
        return self.at

    def submit(self) -> "Case":
        """File it; whoever does so for somebody else has their consent on record."""
        agree_to_help(self.application, self.user, self.at)
        actions.submit(self.user, self.public_id, self.later(1), with_papers=False)
        return self

    def item(self) -> WorkItem:
        """The item that is open."""
        return WorkItem.objects.select_related("queue__office").get(case_id=self.application.pk, closed_at__isnull=True)

    def official(self) -> User:
        """Somebody who holds the post the open item waits for and has not taken part in the case at another stage."""
        item, application = self.item(), self.application
        posts = Post.objects.filter(office=item.queue.office, role=item.queue.role, withdrawn=False).order_by("pk")
        holders = [post.user for post in posts.select_related("user")]
        return next((one for one in holders if not barred_from(application, one, item.stage)), holders[0])

    def say(self, outcome: str, **said: Any) -> "Case":
        """The official says it."""
        said.setdefault("text", OPINIONS.get(outcome, ""))
        decide.act(self.official(), self.item().pk, decide.Said(outcome, **said), self.later())
        return self

    def claim(self) -> "Case":
        """The official takes the item."""
        decide.claim(self.official(), self.item().pk, self.later(2))
        return self

    def end_notice(self) -> "Case":
        """The notice runs out."""
        notice = PublicNotice.objects.get(application=self.application, ended_at__isnull=True)
        self.at = notice.ends_at + timedelta(minutes=5)
        notices.end(self.public_id, self.at)
        self.later(9)
        return self

    def item_kind(self) -> str:
        """The kind of the open item, "" while only the clock runs."""
        item = WorkItem.objects.filter(case_id=self.application.pk, closed_at__isnull=True).first()
        return item.kind if item else ""

    def claimed_if_reviewed(self) -> "Case":
        """Claim, where a reviewer is next."""
        return self.claim() if self.item_kind() == "review" else self

    def ask_to_correct(self) -> "Case":
        """The official asks for a better picture of the first paper the scheme asks for."""
        paper = self.application.definition.papers_asked[0]
        return self.say("correction", points=(("paper", paper.code, f"{paper.label.zh}不清楚，请重新上传。"),))

    def resubmit(self) -> "Case":
        """The applicant answers the correction request."""
        actions.resubmit(self.user, self.public_id, self.later(30))
        return self

    def confirm_papers(self) -> "Case":
        """The applicant confirms every paper that waits to be served."""
        papers = serving.unserved().filter(case_ref=self.public_id).order_by("pk")
        for number in list(papers.values_list("pk", flat=True)):
            receiving.confirm(self.user, self.public_id, number, self.later(25))
        return self

    def withdraw(self) -> "Case":
        """The applicant takes it back."""
        actions.withdraw(self.user, self.public_id, self.later())
        return self
