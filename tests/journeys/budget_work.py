"""Something behind every URL about budgets."""

from tests.payouts import budget_rows


def arguments() -> dict[str, object]:
    """An envelope of this year, and a request of a line office that waits."""
    request = budget_rows.by_line_office()
    return {
        "payouts:budget.pk": budget_rows.envelope().pk,
        "payouts:budget_file.kind": "csv",
        "payouts:budget_request.pk": request.pk,
        "budget_requests:request.pk": request.pk,
    }
