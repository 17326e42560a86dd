"""Texts people agree to, and their consents. Other rooms import from here."""

from people.consents.giving import agree, given_by, in_force, taken_back, withdraw
from people.consents.texts import Wording, current, kept, recorded, wording

__all__ = [
    "Wording",
    "agree",
    "current",
    "given_by",
    "in_force",
    "kept",
    "recorded",
    "taken_back",
    "withdraw",
    "wording",
]
