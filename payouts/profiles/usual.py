"""Which profile a bureau most likely wants: what it used last."""

from datetime import date

from payouts.models import Batch
from payouts.profiles.room import CONTRACT, offered
from people.models import Office


def usual_profile(office: Office, on: date) -> str:
    """The code of the profile the office's newest sealed batch has, if it is still in force; else CONTRACT's."""
    last = Batch.objects.filter(office=office).exclude(profile="").order_by("-sealed_at", "-pk").first()
    codes = {profile.code for profile in offered(on)}
    return last.profile if last and last.profile in codes else CONTRACT
