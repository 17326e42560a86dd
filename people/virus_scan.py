"""Files shown to a virus scanner: clamd, asked over its own socket with INSTREAM. Off unless CLAMD is set.

Configured and out of reach, nothing is let in: a file that nobody looked at is refused, with words that say so.
"""

import socket
from collections.abc import Iterator
from contextlib import closing

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

CHUNK = 1 << 16
LONGEST_ANSWER = 4096
COMMAND, END = b"zINSTREAM\0", b"\0\0\0\0"
UNIX, TCP = "unix:", "tcp:"


class ScannerAway(Exception):
    """The scanner does not answer, or not as it should."""


def is_on() -> bool:
    """Whether a scanner is configured."""
    return bool(settings.CLAMD)


def is_clean(content: bytes) -> bool:
    """Whether the scanner finds nothing; True where none is configured. Raises ScannerAway."""
    if not is_on():
        return True
    try:
        with closing(_connected(settings.CLAMD)) as line:
            for part in _spoken(content):
                line.sendall(part)
            return _read(line)
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error


def _connected(address: str) -> socket.socket:
    """`unix:/run/clamav/clamd.ctl` or `tcp:127.0.0.1:3310`. Raises ImproperlyConfigured for anything else."""
    if address.startswith(UNIX):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(settings.CLAMD_SECONDS)
        try:
            line.connect(address.removeprefix(UNIX))
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = address.removeprefix(TCP).rpartition(":")
    if not address.startswith(TCP) or not host or not port.isdecimal():
        raise ImproperlyConfigured(f"CLAMD must be unix:<path> or tcp:<host>:<port>, not {address!r}")
    return socket.create_connection((host, int(port)), timeout=settings.CLAMD_SECONDS)


def _spoken(content: bytes) -> Iterator[bytes]:
    """The command, the content in chunks with their lengths, and the end."""
    yield COMMAND
    for start in range(0, len(content), CHUNK):
        part = content[start : start + CHUNK]
        yield len(part).to_bytes(4, "big") + part
    yield END


def _read(line: socket.socket) -> bool:
    """The answer: `stream: OK` or `stream: <name> FOUND`. Raises ScannerAway for anything else."""
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        part = line.recv(CHUNK)
        if not part:
            break
        answer += part
    words = answer.rstrip(b"\0\n ")
    if words.endswith(b"FOUND"):
        return False
    if words != b"stream: OK":
        raise ScannerAway("unexpected answer")
    return True
