"""Files and functions stay small: a file is split by subject, a function says one thing.

Usage: python3 scripts/check_sizes.py       exit 1 and one line for each that is too long
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

FILE_LINES, TEST_FILE_LINES, FUNCTION_LINES = 300, 600, 40
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files() -> list[Path]:
    """Python files of the project, committed or about to be; generated migrations are not read."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "*.py"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = sorted(Path(name) for name in names if name)
    return [path for path in paths if path.exists() and "migrations" not in path.parts]


def too_long(path: Path) -> Iterator[str]:
    """What is too long in one file."""
    text = path.read_text(encoding="utf-8")
    test = path.parts[0] == "tests"
    lines, limit = len(text.splitlines()), TEST_FILE_LINES if test else FILE_LINES
    if lines > limit:
        yield f"{path}: {lines} lines, {limit} at most"
    for node in ast.walk(ast.parse(text)):
        if not test and isinstance(node, Function) and length(node) > FUNCTION_LINES:
            yield f"{path}:{node.lineno}: {node.name} has {length(node)} lines, {FUNCTION_LINES} at most"


def length(function: Function) -> int:
    """Lines of a function, decorators not counted."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def main() -> int:
    """Read every file."""
    faults = [fault for path in python_files() for fault in too_long(path)]
    print("\n".join(faults) or "sizes: all within their limits")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
