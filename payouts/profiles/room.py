"""The room of bank profiles: each file read once and checked whole; mistakes are told with file and line."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from payouts.profiles.profile import Profile
from people.refusals import Invalid
from schemes.files.file_faults import told

ROOM = Path(__file__).parent
# Its file belongs to every batch.
CONTRACT = "contract"


class ProfileFault(ValueError):
    """Mistakes in the files: `faults`, one a line, each with its file, its line and what to do."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@cache
def read_profiles(room: Path = ROOM) -> dict[str, Profile]:
    """Every profile by its code, CONTRACT's first. Raises ProfileFault with all mistakes of all files."""
    found, faults = {}, []
    for path in sorted(room.glob("*.toml"), key=lambda path: (path.stem != CONTRACT, path.stem)):
        try:
            found[path.stem] = _read(path)
        except ProfileFault as fault:
            faults += fault.faults
    if CONTRACT not in found and not faults:
        faults.append(f"{room.name}: there is no {CONTRACT}.toml; put it back, every batch has its file")
    if faults:
        raise ProfileFault(faults)
    return found


def _read(path: Path) -> Profile:
    text, content = _toml(path)
    if "code" in content:
        raise ProfileFault([f"{path.name}: code: a profile is called by the name of its file; take the line out"])
    try:
        return Profile(code=path.stem, **content)
    except ValidationError as error:
        raise ProfileFault(told(path.name, text, error)) from error


def _toml(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ProfileFault([f"{path.name}: the file is not UTF-8; save it as UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ProfileFault([f"{path.name}: {error}; correct the TOML"]) from error


def offered(on: date) -> list[Profile]:
    """What a batch may be sealed with on that day."""
    return [profile for profile in read_profiles().values() if profile.in_force(on)]


def profile_of(code: str, on: date) -> Profile:
    """One of them. Raises Invalid for another."""
    for profile in offered(on):
        if profile.code == code:
            return profile
    raise Invalid(_("没有这种银行格式，或者它今天不再使用。请另选一种再封存。"), code="no_profile")
