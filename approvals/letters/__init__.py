"""The papers officials' acts issue: texts from the scheme's data, content frozen at issue."""

from approvals.letters.outcomes import grant, refusal
from approvals.letters.procedure import acceptance, correction, not_accepted
from approvals.letters.referrals import answer, referral

__all__ = ["acceptance", "answer", "correction", "grant", "not_accepted", "referral", "refusal"]
