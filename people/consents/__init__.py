"""Texts people agree to, and their consents. Other rooms import from here."""

from people.consents.giving import agree, cases_taken_back, given_by, withdraw
from people.consents.texts import Wording, current, kept, recorded, wording

__all__ = [
    "Wording",
    "agree",
    "cases_taken_back",
    "current",
    "given_by",
    "kept",
    "recorded",
    "withdraw",
    "wording",
]
