"""What an applicant does next, and what happens next without them, for each state."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.leave import Leave
from applications.models import Application
from applications.own import Act
from applications.states import State


@dataclass(frozen=True)
class NextStep:
    """A link, or nothing to do."""

    label: Promise | str
    url: str


LINKS: dict[str, tuple[Promise, str]] = {
    State.DRAFT: (_("继续填写"), "applications:resume"),
    State.RETURNED: (_("去补充或修改"), "applications:correct"),
    State.GRANTED: (_("查看决定"), "applications:detail"),
    State.REFUSED: (_("查看决定和救济途径"), "applications:detail"),
    State.ANSWERED: (_("查看答复"), "applications:detail"),
    State.NOT_ACCEPTED: (_("查看理由和救济途径"), "applications:detail"),
}
# Where somebody else has to do it, who filed the case for them reads what there is.
TO_READ: dict[str, tuple[Promise, str]] = {
    State.DRAFT: (_("查看草稿"), "applications:detail"),
    State.RETURNED: (_("看要补正什么"), "applications:correct"),
}
WHAT_HAPPENS: dict[str, Promise] = {
    State.DRAFT: _("这份申请还没有提交，别人看不到。填好后请检查并提交。"),
    State.SUBMITTED: _("办理机关会核对材料。材料齐全就受理；缺什么会一次告诉您。现在不用做什么。"),
    State.RETURNED: _("请按要求补充或修改，改好后重新提交。补正所用的时间不算在办理期限里。"),
    State.ACCEPTED: _("材料齐全，已经受理，接下来进入审核。现在不用做什么。"),
    State.IN_REVIEW: _("工作人员正在审核。需要您补充时，会在这里告诉您。现在不用做什么。"),
    State.NOTICED: _("拟办结果正在公示，名单隐去了个人信息。公示结束没有异议，就进入决定。现在不用做什么。"),
    State.GRANTED: _("您的申请已经批准。决定书在下面，可以阅读和下载。"),
    State.REFUSED: _("您的申请没有批准。理由、依据和不服时的办法都写在决定书里。"),
    State.ANSWERED: _("主管单位已经答复。谁答复的、答复了什么、不同意时找谁，都写在下面的文书里。"),
    State.NOT_ACCEPTED: _("您的申请没有受理。理由和不服时的办法都写在文书里。"),
    State.LAPSED: _("没有在期限内补正，这次申请已经终止。您可以重新申请。"),
    State.WITHDRAWN: _("您已经撤回这份申请。需要时可以重新申请。"),
    State.REVOKED: _("原来的批准已经撤销。理由和不服时的办法都写在文书里。"),
    State.CONCLUDED: _("机关已经处理完毕。处理结果、理由和不服时的办法都写在文书里。"),
}
# Where a request was handed on, the office in charge of it decides, and we tell what it answers.
WHILE_REFERRED: dict[str, Promise] = {
    State.SUBMITTED: _("办理机关会核对材料。材料齐全就受理，并转给主管单位；缺什么会一次告诉您。现在不用做什么。"),
    State.ACCEPTED: _("材料齐全，已经受理，并转给主管单位办理。主管单位答复后，会在这里告诉您。现在不用做什么。"),
    State.IN_REVIEW: _("主管单位正在办理，我们跟踪它的答复。答复后会在这里告诉您。现在不用做什么。"),
}

EX_OFFICIO: dict[str, Promise] = {
    State.IN_REVIEW: _(
        "机关对您已经享受的待遇作核查。作出处理以前，会把事实、理由和依据告诉您，并听取您的陈述申辩；需要您做什么，会写在这里。"
    ),
}


def next_step(application: Application, may: Leave) -> NextStep | None:
    """What whoever filed it can do, or read, now; None when there is nothing to do but wait."""
    if application.state not in LINKS:
        return None
    links = LINKS if may.lets(Act.EDIT) else LINKS | TO_READ
    label, url_name = links[application.state]
    return NextStep(label, reverse(url_name, args=[application.public_id]))


def what_happens(application: Application) -> str:
    """The present state explained: who does what now."""
    own = EX_OFFICIO if application.is_ex_officio else WHILE_REFERRED if application.is_referred else {}
    return str((WHAT_HAPPENS | own)[application.state])
