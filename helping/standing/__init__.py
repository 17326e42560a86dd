"""By what right somebody helps somebody else, and with whose consent: recorded once, asked by every way of helping."""

from helping.standing.asking import bodies_of, in_force, may_help, stopped
from helping.standing.ending import end_mandate
from helping.standing.recording import Terms, record_consent
from helping.standing.scopes import APPLY, CORRECT, EVERYTHING, FOLLOW, RECEIVE

__all__ = [
    "APPLY",
    "CORRECT",
    "EVERYTHING",
    "FOLLOW",
    "RECEIVE",
    "Terms",
    "bodies_of",
    "end_mandate",
    "in_force",
    "may_help",
    "record_consent",
    "stopped",
]
