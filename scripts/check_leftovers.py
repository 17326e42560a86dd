"""Nothing half-done and nothing of one machine in the project's files.

Usage: python3 scripts/check_leftovers.py       exit 1 and one line for each place
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TEXTS = {".py", ".md", ".toml", ".txt", ".in", ".html", ".css", ".js", ".po", ".sh", ".yml", ".cfg", ".example", ""}
THIRD_PARTY = ("tests/vendor/", "project/static/", "LICENSE")
ABOUT_RULES = {"scripts/check_leftovers.py", "pyproject.toml"}
RULES = {
    "unfinished": re.compile(r"(#|//|/\*|<!--).*\b(TODO|FIXME|XXX)\b|\b(NotImplementedError|coming soon)\b|敬请期待"),
    "a path of one machine": re.compile(r"(?<![\w.<-])/(root|home|work)/|^--find-links"),
    "a registry's host": re.compile(r"--(extra-)?index-url [^-]|https?://[\w.]*(pypi|npmjs|debian)\."),
}
IN_TESTS = {"a test that does not run": re.compile(r"pytest\.mark\.(skip|xfail)|pytest\.skip\(|@unittest\.skip")}
NEAR_MONEY = {"float near money": re.compile(r"\bfloat\(")}
MONEY_ROOMS = ("schemes/", "benefits/", "payouts/", "approvals/", "applications/")


def files() -> list[str]:
    """Text files of the project, committed or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    ours = [name for name in names if name and not name.startswith(THIRD_PARTY) and name not in ABOUT_RULES]
    return sorted(name for name in ours if Path(name).suffix in TEXTS and Path(name).is_file())


def rules_for(name: str) -> dict[str, re.Pattern[str]]:
    """The rules that hold for one file."""
    rules = RULES | (IN_TESTS if name.startswith("tests/") else {})
    return rules | (NEAR_MONEY if name.startswith(MONEY_ROOMS) and name.endswith(".py") else {})


def leftovers(name: str) -> Iterator[str]:
    """The places in one file."""
    rules = rules_for(name)
    for number, line in enumerate(Path(name).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        for what, pattern in rules.items():
            if pattern.search(line):
                yield f"{name}:{number}: {what}: {line.strip()[:100]}"


def main() -> int:
    """Read every file."""
    faults = [fault for name in files() for fault in leftovers(name)]
    print("\n".join(faults) or "leftovers: none")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
