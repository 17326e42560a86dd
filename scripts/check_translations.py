"""Every text of code and templates has an English translation.

makemessages runs on a copy of the project, so the catalogue itself stays untouched.
Usage: .venv/bin/python scripts/check_translations.py       exit 1 and the texts that lack one
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("project/locale/en/LC_MESSAGES/django.po")
COPIED = (".py", ".html", ".txt", ".po")
SETTINGS = f"LOCALE_PATHS = ['{CATALOGUE.parts[0]}/{CATALOGUE.parts[1]}']"


def copy_project(target: Path) -> None:
    """Copy what makemessages reads."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if name.endswith(COPIED) and not name.startswith("tests/") and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)


def extract(target: Path) -> None:
    """Bring the copy's catalogue up to date with the copy's texts."""
    (target / "only_paths.py").write_text(SETTINGS)
    words = ["makemessages", "--locale", "en", "--no-obsolete", "--verbosity", "0", "--settings", "only_paths"]
    command = [sys.executable, "-m", "django", *words, "--pythonpath", "."]
    run = subprocess.run(command, cwd=target, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"makemessages failed:\n{run.stdout}{run.stderr}")


def faults(catalogue: Path) -> str:
    """Entries that are untranslated or only guessed, as msgattrib prints them, without the header."""
    found = [attributes(catalogue, choice) for choice in ("--untranslated", "--only-fuzzy")]
    return "\n\n".join(entry for text in found for entry in text.split("\n\n")[1:])


def attributes(catalogue: Path, choice: str) -> str:
    """One selection of a catalogue's entries; its header comes first when there are any."""
    command = ["msgattrib", choice, "--no-obsolete", "--no-wrap", "--force-po", str(catalogue)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def main() -> int:
    """Compare texts and catalogue."""
    with tempfile.TemporaryDirectory() as made:
        copy_project(Path(made))
        (Path(made) / CATALOGUE.parent).mkdir(parents=True, exist_ok=True)
        extract(Path(made))
        text = faults(Path(made) / CATALOGUE)
    print(text or "translations: complete")
    if text:
        print(f"\n{text.count('msgid ')} texts lack an English translation in {CATALOGUE}", file=sys.stderr)
    return 1 if text else 0


if __name__ == "__main__":
    sys.exit(main())
