"""The walk through one case's form: its pages, the papers and the last look, in order, as things stand now."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.asking import Asking
from applications.models import Application
from applications.states import State

PAPERS, CHECK = ":papers", ":check"


@dataclass(frozen=True)
class Step:
    """One page to walk through. `done` says whether everything required on it is there."""

    code: str
    title: str
    url: str
    done: bool


@dataclass(frozen=True)
class Journey:
    """All steps of a case. The last one is the check page, or, in a correction, the list of what was named."""

    steps: tuple[Step, ...]

    def place(self, code: str) -> int:
        """The number of a step, counted from 1; 0 for a page that is not asked."""
        return next((number for number, step in enumerate(self.steps, 1) if step.code == code), 0)

    def step(self, code: str) -> Step | None:
        """The step of this code, if it is asked."""
        place = self.place(code)
        return self.steps[place - 1] if place else None

    def before(self, code: str) -> Step | None:
        """The step before, None at the beginning."""
        place = self.place(code)
        return self.steps[place - 2] if place > 1 else None

    def after(self, code: str) -> Step:
        """The step after; the last one stays where it is."""
        return self.steps[min(self.place(code), len(self.steps) - 1)]

    def progress(self, code: str) -> str:
        """第 2 步，共 6 步."""
        return _("第 %(place)s 步，共 %(total)s 步") % {"place": self.place(code), "total": len(self.steps)}

    @property
    def first_open(self) -> Step:
        """Where to go on: the first step that is not done."""
        return next((step for step in self.steps if not step.done), self.steps[-1])


def journey_of(application: Application, asked: Asking, *, papers_done: bool) -> Journey:
    """The walk as it stands. `papers_done`: whether no paper keeps the case from being filed."""
    public_id = application.public_id
    steps = [_page_step(public_id, asked, page) for page in asked.pages]
    if asked.papers:
        steps.append(Step(PAPERS, _("上传材料"), reverse("applications:papers", args=[public_id]), papers_done))
    if application.state == State.RETURNED:
        last = Step(CHECK, _("需要补正的内容"), reverse("applications:correct", args=[public_id]), False)
    else:
        last = Step(CHECK, _("检查并提交"), reverse("applications:check", args=[public_id]), False)
    return Journey((*steps, last))


def _page_step(public_id: str, asked: Asking, page: object) -> Step:
    url = reverse("applications:edit", args=[public_id, page.code])
    return Step(page.code, str(page.title), url, asked.is_complete(page))
