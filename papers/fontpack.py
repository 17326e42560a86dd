"""The private font set: papers are rendered with our fonts and no others."""

import os
import tempfile
from pathlib import Path

from django.conf import settings

FONTS = Path(__file__).parent / "fonts"
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>{followers}</fontconfig>
"""
# Four fonts are divided: their rarer characters stand in a second file, so that no paper has to carry them along.
DIVIDED = ("GW FangSong", "GW HeiTi", "GW KaiTi", "GW BiaoSong")
FOLLOWER = """
<match target="pattern"><test name="family"><string>{family}</string></test>\
<edit name="family" mode="append" binding="same"><string>{family} More</string></edit></match>"""


def use() -> None:
    """Point fontconfig at the pack. Must run before WeasyPrint is first imported."""
    folder = Path(settings.VAR_DIR) / "fontconfig"
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "fonts.conf"
    followers = "".join(FOLLOWER.format(family=family) for family in DIVIDED)
    text = CONFIG.format(fonts=FONTS, cache=folder / "cache", followers=followers)
    if not config.exists() or config.read_text(encoding="utf-8") != text:
        _replace(config, text)
    os.environ["FONTCONFIG_FILE"] = str(config)


def _replace(path: Path, text: str) -> None:
    """Several processes may start at once: none may find half a file."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as draft:
        draft.write(text)
    Path(draft.name).replace(path)
