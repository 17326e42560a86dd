"""Programs that look into files of strangers run beside the site, with limits of their own; this is their common part.

It knows neither the database nor Django: only what such a program may use.
"""

import json
import logging
import resource
import sys

MEGABYTE = 1024 * 1024
MOST_MEMORY, MOST_SECONDS = 1024 * MEGABYTE, 20


def keep() -> None:
    """Set the limits of this process, and let no library write about a stranger's file."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable()


def asked() -> tuple[object, bytes]:
    """What the site asks: one line of JSON, and the file."""
    return json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read()


def answer(found: object) -> None:
    """What was found, as one line of JSON."""
    sys.stdout.write(json.dumps(found) + "\n")
