"""The papers officials' acts issue: texts from the scheme's data, content frozen at issue."""

from approvals.letters.outcomes import grant, refusal
from approvals.letters.procedure import acceptance, correction, not_accepted

__all__ = ["acceptance", "correction", "grant", "not_accepted", "refusal"]
