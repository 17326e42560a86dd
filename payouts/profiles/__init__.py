"""Bank profiles: the data, and reading it."""

from payouts.profiles.profile import DAYS, LINE_ENDS, Column, Profile
from payouts.profiles.room import CONTRACT, ProfileFault, offered, profile_of, read_profiles

__all__ = [
    "CONTRACT",
    "DAYS",
    "LINE_ENDS",
    "Column",
    "Profile",
    "ProfileFault",
    "offered",
    "profile_of",
    "read_profiles",
]
