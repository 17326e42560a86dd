"""The files are looked at when the site starts, not when somebody seals a batch."""

from typing import Any

from django.core.checks import CheckMessage, Error

from payouts.profiles.room import ProfileFault, read_profiles


def check_profiles(**_kwargs: Any) -> list[CheckMessage]:
    """A message for each mistake in the room."""
    try:
        read_profiles()
    except ProfileFault as fault:
        return [Error(line, id="payouts.E001") for line in fault.faults]
    return []
