"""The lists of the inbox: which there are, and what each is called."""

from django.utils.translation import gettext_lazy as _

MINE, TODO, OVERDUE, WAITING, DONE, FIND = "mine", "todo", "overdue", "waiting", "done", "find"
# Lists of work items; FIND is a list of cases.
ITEM_TABS = (MINE, TODO, OVERDUE, WAITING, DONE)
OPEN_TABS = frozenset({MINE, TODO, OVERDUE, WAITING})
# Those whose items an official could act on now.
RUNNING_TABS = frozenset({MINE, TODO, OVERDUE})
LABELS = {
    MINE: _("我签收的"),
    TODO: _("待办"),
    OVERDUE: _("已逾期"),
    WAITING: _("等待"),
    DONE: _("已办"),
    FIND: _("查找"),
}
TABS = tuple(LABELS)
