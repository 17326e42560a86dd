"""Something behind every URL about what the bank sent back."""

from tests.payouts import held, return_rows


def arguments() -> dict[str, object]:
    """A file, a contradiction, a corrected account, money that came back, a claim with a due to set off, a hold."""
    claim, claimed = return_rows.claimed_month(10)
    result, correction = return_rows.disputed(12), return_rows.keyed(14)
    _payout, case = return_rows.returned(16)
    file = return_rows.waiting_file(18)
    hold, _case = held.held(22)
    return {
        "payouts:return_file.pk": file.pk,
        "payouts:return_confirm.pk": file.pk,
        "payouts:return_dispute.pk": result.pk,
        "payouts:hold.pk": hold.pk,
        "payouts:roster.pk": hold.entry.roster_id,
        "payouts:account_check.pk": correction.pk,
        "payouts:claim.pk": claim.pk,
        "payouts:repayment.pk": return_rows.enter(claim, "1.00", "票7", claimed.at).pk,
        "payouts:set_off.pk": claim.pk,
        "due": claimed.application.dues.latest("payable_from").pk,
        "payments:account.public_id": case.public_id,
    }
