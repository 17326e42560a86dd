"""The legal states of an application, with the applicant's word and the official's word for each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Codes are what logic uses; labels here are the officials'."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待受理")
    RETURNED = "returned_for_correction", _("待补正")
    ACCEPTED = "accepted", _("已受理")
    NOT_ACCEPTED = "not_accepted", _("不予受理")
    IN_REVIEW = "in_review", _("审核中")
    NOTICED = "noticed", _("公示中")
    GRANTED = "granted", _("已批准")
    REFUSED = "refused", _("不予批准")
    ANSWERED = "answered", _("已答复")
    LAPSED = "lapsed", _("逾期未补正")
    WITHDRAWN = "withdrawn", _("已撤回")
    REVOKED = "revoked", _("已撤销")
    CONCLUDED = "concluded", _("已办结")


APPLICANT_LABELS = {
    State.DRAFT: _("还没有提交"),
    State.SUBMITTED: _("已提交，等待受理"),
    State.RETURNED: _("需要您补充或修改"),
    State.ACCEPTED: _("已受理，等待审核"),
    State.NOT_ACCEPTED: _("没有受理"),
    State.IN_REVIEW: _("正在审核"),
    State.NOTICED: _("正在公示"),
    State.GRANTED: _("已批准"),
    State.REFUSED: _("没有批准"),
    State.ANSWERED: _("主管单位已答复"),
    State.LAPSED: _("超过补正期限，已终止"),
    State.WITHDRAWN: _("您已撤回"),
    State.REVOKED: _("批准已被撤销"),
    State.CONCLUDED: _("已经办结"),
}
# A request that was handed on is not reviewed by us: it waits for somebody else's answer.
REFERRED_LABELS = {
    State.ACCEPTED: _("已受理，已转给主管单位"),
    State.IN_REVIEW: _("已转给主管单位，等待答复"),
}
REFERRED_OFFICIAL_LABELS = {
    State.ACCEPTED: _("已转办"),
    State.IN_REVIEW: _("已转办，待答复"),
}
# A case the office opened by itself is nobody's application.
EX_OFFICIO_LABELS = {State.IN_REVIEW: _("机关正在依职权处理")}
EX_OFFICIO_OFFICIAL_LABELS = {State.IN_REVIEW: _("依职权处理中")}

OPEN = frozenset({State.SUBMITTED, State.RETURNED, State.ACCEPTED, State.IN_REVIEW, State.NOTICED})
FINAL = frozenset(
    {
        State.NOT_ACCEPTED,
        State.REFUSED,
        State.ANSWERED,
        State.LAPSED,
        State.WITHDRAWN,
        State.REVOKED,
        State.CONCLUDED,
    }
)
LIVE = OPEN | {State.GRANTED}

# name of the transition: (from, to). The machine is drawn from this table and tested against it.
TRANSITIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "submit": ((State.DRAFT,), State.SUBMITTED),
    "resubmit_before_acceptance": ((State.RETURNED,), State.SUBMITTED),
    "resubmit_in_review": ((State.RETURNED,), State.IN_REVIEW),
    "return_for_correction": ((State.SUBMITTED, State.ACCEPTED, State.IN_REVIEW), State.RETURNED),
    "accept": ((State.SUBMITTED,), State.ACCEPTED),
    "decline_to_accept": ((State.SUBMITTED,), State.NOT_ACCEPTED),
    "begin_review": ((State.ACCEPTED,), State.IN_REVIEW),
    "publish_notice": ((State.IN_REVIEW,), State.NOTICED),
    "end_notice": ((State.NOTICED,), State.IN_REVIEW),
    "grant": ((State.IN_REVIEW,), State.GRANTED),
    "refuse": ((State.IN_REVIEW,), State.REFUSED),
    "record_answer": ((State.IN_REVIEW,), State.ANSWERED),
    "lapse": ((State.RETURNED,), State.LAPSED),
    "withdraw": (tuple(sorted(OPEN)), State.WITHDRAWN),
    "revoke": ((State.GRANTED,), State.REVOKED),
    "reopen": ((State.REFUSED, State.ANSWERED, State.LAPSED), State.IN_REVIEW),
    "reopen_before_acceptance": ((State.NOT_ACCEPTED, State.LAPSED), State.SUBMITTED),
    "open_ex_officio": ((State.DRAFT,), State.IN_REVIEW),
    "conclude": ((State.IN_REVIEW,), State.CONCLUDED),
}
