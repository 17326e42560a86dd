"""The example of an environment tells every setting there is, and no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"""(?:env\.\w+|_secret|environ\.get)\(\s*"([A-Z][A-Z_]+)\"""")
TOLD = re.compile(r"^([A-Z][A-Z_]+)=", re.MULTILINE)


def test_every_variable_the_settings_read_is_told_and_none_besides():
    read = set(READ.findall((ROOT / "project" / "settings.py").read_text(encoding="utf-8")))
    told = set(TOLD.findall((ROOT / ".env.example").read_text(encoding="utf-8")))
    assert told == read
