"""A bank's list of a quarter's interest held against what its borrowers claimed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from applications import answers as answers_of
from applications.models import Application
from applications.states import LIVE, State
from approvals import scope
from approvals.models import LoanListLine
from audit import chain
from benefits.claims.loan_lists import LoanLine, lines_of, meet, same_contract
from benefits.overlap import days_claimed
from people import vault
from people.masking import masked_id
from people.models import User
from people.tables import table_of
from schemes.policies import resolve_for
from schemes.rules.interest import VALUES, interest, up_to
from schemes.rules.money import as_text
from schemes.rules.policy import Policy

INTEREST, TERM, WHOLE = "interest_subsidy", "longest_loan_months", Decimal(100)
CHUNK = 500
COLOURS = {"agrees": "green", "granted": "blue", "differs": "yellow", "not_claimed": "red", "unknown": "red"}


@dataclass(frozen=True)
class Judged:
    """One line: the claim of that quarter (None where there is none), what differs, and the sums recomputed in yuan.

    `interest` is what principal, rate and days come to; `off` how much more (or less) the bank states; `subsidy` what
    is subsidised of it under the policy of the claim. The three are None where no claim tells which policy applies.
    """

    line: LoanLine
    standing: str
    claim: Application | None
    differences: tuple[str, ...]
    interest: Decimal | None
    subsidy: Decimal | None

    @property
    def off(self) -> Decimal | None:
        """The bank's sum less ours."""
        return None if self.interest is None else self.line.interest - self.interest

    @property
    def borrower(self) -> str:
        """Masked: the list itself has the rest."""
        return masked_id(self.line.id_number)

    @property
    def words(self) -> str:
        """What it comes to."""
        return str(LoanListLine.Standing(self.standing).label)

    @property
    def colour(self) -> str:
        """The colour of its tag."""
        return COLOURS[self.standing]


@dataclass(frozen=True)
class Claimed:
    """A claim of interest, with its answers in clear."""

    case: Application
    answers: Mapping[str, Any]


def compare(user: User, content: bytes, at: datetime) -> list[Judged]:
    """Every line of a list (CSV or XLSX) held against the claims the user may see, in the order of the list.

    Raises Invalid where the file cannot be read, FaultyFile where lines of it cannot.
    """
    lines = lines_of(table_of(content))
    claims = _claims(user, lines, at)
    judged = [_judge(line, claims[vault.blind_index("id", line.id_number)]) for line in lines]
    counts = {"rows": len(lines), "claims": sum(one.claim is not None for one in judged)}
    chain.record_read(user.username, "loans.compared", data=counts)
    return judged


def _claims(user: User, lines: list[LoanLine], at: datetime) -> dict[str, list[Claimed]]:
    """Claims of interest by the keyed hash of the borrower's ID."""
    indexes = sorted({vault.blind_index("id", line.id_number) for line in lines})
    found: dict[str, list[Claimed]] = defaultdict(list)
    visible = scope.visible_cases(user, at).filter(state__in=LIVE, origin="on_application")
    for start in range(0, len(indexes), CHUNK):
        rows = visible.filter(subject__id_index__in=indexes[start : start + CHUNK])
        for case in rows.select_related("subject", "data_key", "scheme_version", "division").order_by("pk"):
            if case.definition.benefit_kind == INTEREST and (answers := _legible(case)) is not None:
                found[case.subject.id_index].append(Claimed(case, answers))
    return found


def _legible(case: Application) -> Mapping[str, Any] | None:
    """The answers of a case; None where they cannot be opened, so that one bad row does not hide the list."""
    try:
        return answers_of.read(case)
    except vault.VaultError:
        return None


def _judge(line: LoanLine, claims: list[Claimed]) -> Judged:
    of_loan = [one for one in claims if same_contract(one.answers.get("loan_contract")) == line.contract]
    if not of_loan:
        return Judged(line, "unknown", None, (), None, None)
    of_quarter = [one for one in of_loan if _runs_over(one, line)]
    granted = [one for one in of_quarter if one.case.state == State.GRANTED]
    chosen = (granted or of_quarter or of_loan)[-1]
    policy = resolve_for(chosen.case.definition, chosen.case.division_id, chosen.case.policy_date).for_rules
    ours, subsidy = _sums(line, policy) if not policy.absent(VALUES) else (None, None)
    differences = (*(_differences(line, chosen) if of_quarter else ()), *_over(line, chosen, policy))
    standing = "granted" if granted else "not_claimed" if not of_quarter else ""
    off = bool(differences) or line.interest != ours
    return Judged(
        line=line,
        standing=standing or ("differs" if off else "agrees"),
        claim=chosen.case if of_quarter else None,
        differences=differences,
        interest=ours,
        subsidy=subsidy,
    )


def _runs_over(claim: Claimed, line: LoanLine) -> bool:
    days = days_claimed(claim.answers)
    return days is not None and meet(days, line.time)


def _sums(line: LoanLine, policy: Policy) -> tuple[Decimal, Decimal]:
    """The whole interest of the line, and what is subsidised of it under the ceilings and the share of policy."""
    basis = policy.value("day_basis")
    whole = interest(line.principal, line.rate, line.days, basis, WHOLE)
    principal = up_to(line.principal, policy.value("principal_ceiling"))
    rate = up_to(line.rate, policy.value("rate_ceiling"))
    return whole, interest(principal, rate, line.days, basis, policy.value("interest_share"))


def _differences(line: LoanLine, claim: Claimed) -> Iterator[str]:
    """Where the bank and the borrower say different things."""
    stated = claim.answers
    both = (
        (_("起息日"), line.first_day.isoformat(), str(stated["quarter_begins"])),
        (_("计息天数"), str(line.days), str(stated.get("days_in_quarter"))),
        (_("计息本金"), as_text(line.principal), as_text(Decimal(stated.get("loan_principal") or 0))),
        (_("年利率"), f"{line.rate.normalize():f}", f"{Decimal(stated.get('annual_rate') or 0).normalize():f}"),
    )
    for what, bank, borrower in both:
        if bank != borrower:
            words = {"what": what, "bank": bank, "borrower": borrower}
            yield _("%(what)s：银行%(bank)s，申请%(borrower)s") % words


def _over(line: LoanLine, claim: Claimed, policy: Policy) -> Iterator[str]:
    """What is beyond a limit of policy."""
    most_rate, most, longest = (_limit(policy, name) for name in ("rate_ceiling", "principal_ceiling", TERM))
    if most_rate is not None and line.rate > most_rate:
        yield _("年利率超过上限%(most)s%%，超过的部分不贴息") % {"most": f"{most_rate.normalize():f}"}
    if most is not None and line.principal > most:
        yield _("计息本金超过上限%(most)s元，超过的部分不贴息") % {"most": as_text(most)}
    term = claim.answers.get("loan_months")
    if isinstance(term, int) and longest is not None and term > longest:
        yield _("贷款期限%(term)s个月，超过上限%(most)s个月") % {"term": term, "most": longest}


def _limit(policy: Policy, name: str) -> Any:
    return policy.value(name) if name in policy.values else None
