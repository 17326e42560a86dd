"""Balance 平账: where every yuan that was approved stands, and what must agree for that to be true."""

from payouts.balance.checks import CHECKS, Fault, faults
from payouts.balance.standing import PARTS, Line, standing, total

__all__ = ["CHECKS", "PARTS", "Fault", "Line", "faults", "standing", "total"]
