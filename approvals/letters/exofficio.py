"""Papers of an ex officio case: prior notice, the measure, or that nothing is done.

The texts are the office's own and the same for every scheme: no scheme sets its own law of procedure.
"""

from dataclasses import dataclass

from applications.door import Case
from applications.models import Application
from approvals.letters.building import Draft, issue_draft, remedy_of
from approvals.letters.wording import day_in_words, variables
from approvals.models import Decision, Proceeding
from papers.capitals import amount_capitals
from papers.content import Section
from papers.models import Paper
from people.models import Office
from schemes.letters import fill
from schemes.texts import LocalText

Kind = Proceeding.Kind
TITLES = {
    Paper.Kind.PRIOR_NOTICE: LocalText(zh="处理事先告知书", en="Prior notice of a measure"),
    Paper.Kind.REVOCATION: LocalText(zh="撤销决定书", en="Decision to revoke"),
    Paper.Kind.STOP: LocalText(zh="停发决定书", en="Decision to stop a benefit"),
    Paper.Kind.REDUCTION: LocalText(zh="减发决定书", en="Decision to reduce a benefit"),
    Paper.Kind.RECOVERY: LocalText(zh="追回决定书", en="Decision to recover money"),
    Paper.Kind.NO_ACTION: LocalText(zh="不予处理告知书", en="Notice that no measure is taken"),
}
PAPER_OF = {
    Kind.REVOKE: Paper.Kind.REVOCATION,
    Kind.STOP: Paper.Kind.STOP,
    Kind.REDUCE: Paper.Kind.REDUCTION,
    Kind.RECOVER: Paper.Kind.RECOVERY,
}
PRIOR_NOTICE = LocalText(
    zh="{name}：\n\n"
    "关于您（单位）的“{scheme}”，本机关曾作出{old_number}决定。经核查，本机关拟{measure}。"
    "现将拟作处理的事实、理由和依据告诉您。\n\n"
    "您（单位）可以在{due_on}以前陈述、申辩，也可以要求听证；可以在网上办理，也可以向本机关提交书面意见。"
    "逾期没有提出的，视为放弃。本机关不因陈述、申辩作出更不利的处理。",
    en="{name}:\n\n"
    "About “{scheme}” this office made the decision {old_number}. After checking, this office intends to {measure}. "
    "The facts, the reasons and the clause are set out below.\n\n"
    "You can state your case by {due_on}, and you can ask for a hearing: online, or in writing to this office. "
    "If nothing is received by then, you are taken not to wish to. Stating your case never makes the measure harsher.",
)
MEASURE = LocalText(
    zh="{name}：\n\n关于“{scheme}”，本机关曾作出{old_number}决定。经事先告知并听取意见，本机关决定{measure}。",
    en="{name}:\n\n"
    "About “{scheme}” this office made the decision {old_number}. After prior notice, and having heard what was said, "
    "this office has decided to {measure}.",
)
NO_ACTION = LocalText(
    zh="{name}：\n\n"
    "关于“{scheme}”（{old_number}），本机关曾经核查。经查，本机关决定不予处理，原决定继续有效。\n\n"
    "理由：{reason}",
    en="{name}:\n\n"
    "This office looked into “{scheme}” ({old_number}) and has decided to take no measure. The earlier decision stands."
    "\n\nReason: {reason}",
)
MEASURES = {
    Kind.REVOKE: LocalText(zh="撤销该决定", en="revoke that decision"),
    Kind.STOP: LocalText(zh="自{from_day}起停发（停止享受）该待遇", en="stop the benefit from {from_day} on"),
    Kind.REDUCE: LocalText(
        zh="自{from_day}起将每期发放金额减为{sum}元", en="reduce each payment to {sum} yuan from {from_day} on"
    ),
    Kind.RECOVER: LocalText(zh="追回已经发放的{sum}元（{capitals}）", en="recover {sum} yuan that were already paid"),
}
AND_RECOVER = LocalText(
    zh="{measure}，并追回已经发放的{sum}元（{capitals}）", en="{measure}, and recover {sum} yuan that were already paid"
)


@dataclass(frozen=True)
class Terms:
    """What a measure rests on: the facts found, and document and clause."""

    facts: str
    clause: str


def prior_notice(case: Case, office: Office, proceeding: Proceeding, terms: Terms) -> Paper:
    """处理事先告知书: what is intended, why, by which clause, and until when one can answer."""
    sections = (_facts(terms), _basis(terms))
    values = _values(case, office, proceeding, due_on=day_in_words(proceeding.reply_due))
    return _issue(case, office, Paper.Kind.PRIOR_NOTICE, PRIOR_NOTICE, values, sections)


def measure(
    case: Case, office: Office, proceeding: Proceeding, terms: Terms, heard: tuple[str, ...], reason: str
) -> Paper:
    """The decision: facts, what was said and how it was answered, reasons, clause and remedies."""
    kind = PAPER_OF[Kind(proceeding.kind)]
    told = (_facts(terms), Section("陈述申辩和答复", heard), Section("理由", (reason,)), _basis(terms))
    remedy = remedy_of(case, office)
    old = decision_of(proceeding.about)
    supersedes = old.paper if proceeding.kind == Kind.REVOKE else None
    values = _values(case, office, proceeding)
    return _issue(case, office, kind, MEASURE, values, (*told, *((remedy,) if remedy else ())), supersedes)


def no_action(case: Case, office: Office, proceeding: Proceeding, reason: str) -> Paper:
    """不予处理告知书."""
    values = _values(case, office, proceeding, reason=reason)
    return _issue(case, office, Paper.Kind.NO_ACTION, NO_ACTION, values, ())


def decision_of(about: Application) -> Decision:
    """The decision that granted what the case is about."""
    return about.decisions.select_related("paper", "office__signs_for").filter(kind="grant").latest("pk")


def in_words(proceeding: Proceeding) -> LocalText:
    """The measure as the papers say it."""
    amount = proceeding.amount
    words = {
        "from_day": day_in_words(proceeding.effective_on),
        "sum": f"{amount:.2f}" if amount is not None else "",
        "capitals": amount_capitals(amount) if amount is not None else "",
    }
    said = fill(MEASURES[Kind(proceeding.kind)], words)
    if proceeding.kind == Kind.REVOKE and amount is not None:
        said = fill(AND_RECOVER, {**words, "measure": said})
    return said


def _values(case: Case, office: Office, proceeding: Proceeding, **given: str | LocalText) -> dict[str, str | LocalText]:
    known = {"old_number": decision_of(proceeding.about).paper.number}
    if proceeding.effective_on is not None:
        known["measure"] = in_words(proceeding)
    return variables(case, office) | known | given


def _facts(terms: Terms) -> Section:
    return Section("查明的事实", tuple(part.strip() for part in terms.facts.splitlines() if part.strip()))


def _basis(terms: Terms) -> Section:
    return Section("处理依据", (terms.clause,))


def _issue(
    case: Case,
    office: Office,
    kind: str,
    body: LocalText,
    values: dict[str, str | LocalText],
    sections: tuple[Section, ...],
    supersedes: Paper | None = None,
) -> Paper:
    machine = {"outcome": kind}
    drafted = Draft(kind, TITLES[kind], fill(body, values), sections=sections, machine=machine, supersedes=supersedes)
    return issue_draft(case, office, drafted)
