"""The lists of the inbox: which there are, and what each is called."""

from django.utils.translation import gettext_lazy as _

MINE, TODO, OVERDUE, WAITING, DONE = "mine", "todo", "overdue", "waiting", "done"
FINISHED, COPIED, STARTED, FIND = "finished", "copied", "started", "find"
# Lists of work items; the others are lists of cases.
ITEM_TABS = (MINE, TODO, OVERDUE, WAITING, DONE)
# Those whose items an official could act on now.
RUNNING_TABS = frozenset({MINE, TODO, OVERDUE})
LABELS = {
    MINE: _("我签收的"),
    TODO: _("待办"),
    OVERDUE: _("已逾期"),
    WAITING: _("等待"),
    DONE: _("已办"),
    FINISHED: _("办结"),
    COPIED: _("抄送我"),
    STARTED: _("我发起"),
    FIND: _("查找"),
}
TABS = tuple(LABELS)
