"""Filing review 备案: the higher office takes note, or orders the office that decided to answer for it 责令改正."""

from approvals.filing.orders import OUTCOMES, route

__all__ = ["OUTCOMES", "route"]
