"""PDF files that are small and unpack to more than the machine has: found before a reader unpacks them.

Every stream is unpacked here in pieces that are counted and forgotten. A reader unpacks only some of them, but which
ones is what such a file lies about.
"""

import re
import zlib

MOST_A_STREAM = 200 * 1024 * 1024
MOST_IN_ALL = 1024 * 1024 * 1024
PIECE = 1024 * 1024
HEAD = 2048  # bytes of a dictionary that are looked at
STREAM = re.compile(rb"stream\r?\n")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
PACKED = re.compile(rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)\b")
UNCOUNTED = re.compile(rb"/(?:LZWDecode|LZW|RunLengthDecode|RL)\b")
READ_AT_ONCE = re.compile(rb"/(?:ObjStm|XRef)\b")


class BombError(Exception):
    """It unpacks to more than anybody needs, or in a way that cannot be counted."""


def check(content: bytes) -> None:
    """Raises BombError."""
    left = MOST_IN_ALL
    for found in STREAM.finditer(content):
        _check_filters(_dictionary(content, found.start()))
        left -= _unpacked(content, found.end(), min(left, MOST_A_STREAM))


def _dictionary(content: bytes, end: int) -> bytes:
    """What stands before a stream, its names spelled out."""
    text = content[max(0, end - HEAD) : end].rpartition(b" obj")[2]
    return ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), text)


def _check_filters(text: bytes) -> None:
    """Nothing is packed twice, and what a reader unpacks by itself is packed in the one way that is counted."""
    if len(PACKED.findall(text)) > 1 or (READ_AT_ONCE.search(text) and UNCOUNTED.search(text)):
        raise BombError


def _unpacked(content: bytes, start: int, most: int) -> int:
    """How long a stream is unpacked; 0 for one that is not deflated."""
    opened, length = zlib.decompressobj(), 0
    try:
        for place in range(start, len(content), PIECE):
            waiting = content[place : place + PIECE]
            while waiting and not opened.eof:
                length += len(opened.decompress(waiting, PIECE))
                waiting = opened.unconsumed_tail
                if length > most:
                    raise BombError
            if opened.eof:
                break
    except zlib.error:
        return length
    return length
