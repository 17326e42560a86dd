"""Something behind every URL about budgets."""

from tests.payouts import budget_rows, loan_bank_rows, quota_rows


def arguments() -> dict[str, object]:
    """An envelope of this year, and a request of a line office that waits."""
    request = budget_rows.by_line_office()
    return {
        "payouts:bank_account.pk": loan_bank_rows.keyed().pk,
        "quotas:request.pk": quota_rows.asked().pk,
        "payouts:budget.pk": budget_rows.envelope().pk,
        "payouts:budget_file.kind": "csv",
        "payouts:budget_request.pk": request.pk,
        "budget_requests:request.pk": request.pk,
    }
