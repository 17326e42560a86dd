"""The private font set: papers are rendered with our fonts and no others."""

import os
from pathlib import Path

from django.conf import settings

FONTS = Path(__file__).parent / "fonts"
CONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def use() -> None:
    """Point fontconfig at the pack. Must run before WeasyPrint is first imported."""
    folder = Path(settings.VAR_DIR) / "fontconfig"
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "fonts.conf"
    text = CONFIG.format(fonts=FONTS, cache=folder / "cache")
    if not config.exists() or config.read_text(encoding="utf-8") != text:
        config.write_text(text, encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(config)
