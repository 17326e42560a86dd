"""What is wrong with a definition in the reader's language, and in which part of the editor it is put right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from schemes.words.version_labels import LABELS


@dataclass(frozen=True)
class Fault:
    """One thing to put right, and the part of the editor in which that is done."""

    part: str
    message: str


# How the checks of a definition say it; what that means and where it is mended. Groups fill the message by name.
PATTERNS: tuple[tuple[str, str, Promise], ...] = (
    (
        r"a scheme offered as \w+ cannot give (?P<a>\w+)",
        "offer",
        _("这种提供方式不能给予“%(a)s”。请改选提供方式或者待遇。"),
    ),
    (r"a scheme offered as institution has", "offer", _("面向单位的事项，申请人请选“单位”。")),
    (r"an organisation applies by", "offer", _("由单位申请的事项，提供方式请选“单位申请”。")),
    (r"refer_to belongs", "offer", _("转办的事项要写明转给谁；其他事项不写。")),
    (r"relieves belongs", "offer", _("只有减免才写明减免什么。请改选待遇，或者在“减免什么”里选“不适用”。")),
    (r"a relief of a deposit", "offer", _("减免押金的事项，“减免什么”请选“不适用”。")),
    (
        r"a waiver calculated as \w+ cannot relieve",
        "offer",
        _("“减免什么”和计算方法不相配：间距要求没有金额，费用要计算金额。请改选其中一项。"),
    ),
    (
        r"a question every organisation answers: (?P<a>\w+)",
        "pages",
        _("面向单位的事项必须问“%(a)s”，可以选用共用的单位页面。"),
    ),
    (r"page (?P<a>\S+) stands", "pages", _("页面代码“%(a)s”用了两次，请改掉一个。")),
    (r"(?:question|fact) (?P<a>\S+) stands", "pages", _("问题“%(a)s”问了两次，请去掉一个。")),
    (r"stage (?P<a>\S+) stands \d", "stages", _("环节代码“%(a)s”用了两次，请改掉一个。")),
    (r"requirement (?P<a>\S+) stands", "requirements", _("条件代码“%(a)s”用了两次，请改掉一个。")),
    (r"reason (?P<a>\S+) stands", "refusal_reasons", _("理由代码“%(a)s”用了两次，请改掉一个。")),
    (r"paper (?P<a>\S+) stands", "papers_asked", _("材料代码“%(a)s”用了两次，请改掉一个。")),
    (r"parameter (?P<a>\S+) stands", "parameters", _("参数“%(a)s”写了两次，请去掉一个。")),
    (r"asked_of: (?P<a>\S+) is", "pages", _("有问题由环节“%(a)s”填写，但没有这个环节。")),
    (r"case_division: (?P<a>\S*) is", "offer", _("请选择由哪个问题确定办理地；先要有一个“地区”或“学校”类的问题。")),
    (r"routing (?:fact|by):? (?P<a>\S+) is", "stages", _("环节按“%(a)s”选择，但没有这个问题。")),
    (
        r"requirement on: (?P<a>\S+) is",
        "requirements",
        _("条件用到“%(a)s”，但没有这个问题或参数。请先添加问题（用于判断条件）或参数。"),
    ),
    (r"shown_when on: (?P<a>\S+) is", "pages", _("出现条件用到“%(a)s”，但没有这个问题或参数。")),
    (r"within_policy: (?P<a>\S+) is", "pages", _("问题受参数“%(a)s”限制，但没有这个参数。")),
    (
        r"calculation needs fact:? (?P<a>.+?)(?: is not|$)",
        "calculation",
        _("这种计算需要问“%(a)s”。请在“计算方法”里一键添加。"),
    ),
    (
        r"calculation needs value:? (?P<a>.+?)(?: is not|$)",
        "calculation",
        _("这种计算需要政策参数“%(a)s”。请在“计算方法”里一键添加。"),
    ),
    (r"policy value: (?P<a>\S+) is", "parameters", _("没有名为“%(a)s”的政策参数，请先定义。")),
    (r"parameter not among the policy values: (?P<a>\S+)", "parameters", _("参数“%(a)s”没有列入用到的政策参数。")),
    (r"parameter (?P<a>\S+): the calculations know", "parameters", _("参数“%(a)s”与系统已有的同名，请换一个代码。")),
    (r"a route begins with", "stages", _("办理环节要从一个“受理”开始，并且有一个“决定”。")),
    (r"stage (?P<a>\S+) stands before the decision", "stages", _("环节“%(a)s”应在决定之后。")),
    (r"stage (?P<a>\S+) stands after the decision", "stages", _("环节“%(a)s”应在决定之前。")),
    (r"stage (?P<a>\S+): more days are promised", "stages", _("环节“%(a)s”承诺的天数多于法定时限，请改短。")),
    (r"stage (?P<a>\S+): only a review or a filing", "stages", _("环节“%(a)s”不能抽查：只有审核和备案可以抽查。")),
    (r"stage (?P<a>\S+): two persons sign", "stages", _("环节“%(a)s”不能设两人决定：只有决定环节可以。")),
    (r"stage (?P<a>\S+): only acceptance can", "stages", _("环节“%(a)s”不能设逾期视为受理：只有受理环节可以。")),
    (
        r"stage (?P<a>\S+) is drawn by lot and asks",
        "stages",
        _("环节“%(a)s”是抽查的，不能在这里问必答的问题。"),
    ),
    (
        r"stage (?P<a>\S+) can come about by silence",
        "stages",
        _("环节“%(a)s”逾期视为受理，不能在这里问必答的问题。"),
    ),
    (r"stage (?P<a>\S+): an answer of another", "stages", _("环节“%(a)s”：转办的事项不能设两人决定。")),
    (r"stage (?P<a>\S+): what is handed on", "stages", _("环节“%(a)s”：转办的事项不能逾期视为受理。")),
    (r"amount is kept by the system", "pages", _("代码 amount 由系统使用，请给问题换一个代码。")),
    (
        r"a stage is passed by amount",
        "stages",
        _("有环节按金额经过，但这个事项不计算金额。请选计算方法，或者换一个条件。"),
    ),
    (
        r"a stage is passed by the policy value (?P<a>[^;]+);",
        "stages",
        _("有环节按政策参数“%(a)s”经过；请把它定义为本事项自己的一个数值参数。"),
    ),
    (r"the decide stage cannot", "stages", _("决定环节不能设条件。")),
    (r"letter (?P<a>\S+) is missing", "letters", _("还缺文书“%(a)s”。")),
    (r"no refusal reason", "refusal_reasons", _("请至少写一条不予批准的理由。")),
    (r"case_number_prefix is missing", "offer", _("请填写申请编号的字头，2至6个大写字母。")),
    (r"requirement (?P<a>\S+) can never be met", "requirements", _("条件“%(a)s”永远不会满足：所要的答案不在选项里。")),
    (r"stage (?P<a>\S+) can never be met", "stages", _("环节“%(a)s”的条件永远不会满足。")),
    (r"shown_when of (?P<a>\S+) can never", "pages", _("“%(a)s”永远不会出现：所要的答案不在选项里。")),
    (r"(?P<a>\S+): the Chinese text is missing", "", _("“%(a)s”缺中文。")),
    (r"(?P<a>\S+): the English text is missing", "", _("“%(a)s”缺英文，或者英文一栏写的是中文。")),
)
# The part of the editor in which each key of a definition is written.
PART_OF = {
    "code": "names",
    "title": "names",
    "public_title": "names",
    "summary": "words",
    "guide": "words",
    "ask_at": "words",
    "refer_to": "offer",
    "policy_values": "parameters",
    "examples": "parameters",
    **dict.fromkeys(("pages", "papers_asked", "requirements", "parameters", "stages", "letters"), ""),
    "refusal_reasons": "refusal_reasons",
    "declarations": "declarations",
    "calculation": "calculation",
}


def faults_in(error: ValidationError) -> Iterator[Fault]:
    """Everything pydantic found, in plain words."""
    for fault in error.errors():
        place = tuple(map(str, fault["loc"]))
        if place:
            yield _of_field(place, fault["type"], fault["msg"])
        else:
            yield from (plain(line) for line in fault["msg"].removeprefix("Value error, ").split("\n"))


def plain(line: str) -> Fault:
    """One fault of the definition as a whole."""
    for pattern, part, message in PATTERNS:
        found = re.match(pattern, line)
        if found:
            named = found.groupdict()
            return Fault(part or part_of(named["a"]), str(message) % named)
    return Fault("offer", line)


def part_of(path: str) -> str:
    """Where the key at the head of a path is written."""
    key = path.split(".")[0]
    return PART_OF.get(key) or (key if key in PART_OF else "offer")


def _of_field(place: tuple[str, ...], kind: str, message: str) -> Fault:
    label = str(LABELS.get(place[-1], LABELS.get(place[0], place[-1])))
    where = {"what": label, "place": " › ".join(place)}
    if kind == "missing":
        return Fault(part_of(place[0]), str(_("请填写“%(what)s”（%(place)s）。")) % where)
    return Fault(part_of(place[0]), str(_("“%(what)s”不正确（%(place)s）：%(why)s")) % {**where, "why": message})
