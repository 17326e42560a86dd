"""Public pages that tell whether a paper is genuine and valid, and no more than that."""

from papers.views.by_code import LOOK_UPS_A_MINUTE, result, verify
from papers.views.by_file import CHECKS_A_MINUTE

__all__ = ["CHECKS_A_MINUTE", "LOOK_UPS_A_MINUTE", "result", "verify"]
