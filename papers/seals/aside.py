"""Asking a program that looks into a stranger's file: whatever becomes of it, the site goes on."""

import json
import os
import subprocess
import sys
from typing import Any

from django.conf import settings

MOST_SECONDS = 30
PYTHON = (sys.executable, "-m")
# Nothing of the site's own: its environment holds the secrets, and these programs open files of strangers.
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}


class NoAnswer(Exception):
    """The program came to no end, or to a bad one."""


def ask(program: str, question: object, content: bytes) -> Any:
    """What a program finds in a file. Raises NoAnswer."""
    line = json.dumps(question).encode() + b"\n"
    options = {"cwd": settings.BASE_DIR, "capture_output": True, "timeout": MOST_SECONDS, "env": ENVIRONMENT}
    try:
        done = subprocess.run([*PYTHON, program], input=line + content, check=True, **options)
        return json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise NoAnswer from error
