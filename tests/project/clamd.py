"""A stand-in for clamd: speaks INSTREAM over a socket and finds EICAR, as the real one does."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd(answer: bytes = b"") -> Iterator[tuple[str, list[int]]]:
    """Its address for CLAMD, and the sizes of what it was shown. `answer`: what it says whatever it is shown."""
    server, seen = socket.create_server(("127.0.0.1", 0)), []
    thread = threading.Thread(target=_serve, args=(server, answer, seen), daemon=True)
    thread.start()
    try:
        yield f"tcp:127.0.0.1:{server.getsockname()[1]}", seen
    finally:
        server.close()


def _serve(server: socket.socket, answer: bytes, seen: list[int]) -> None:
    while True:
        try:
            line, _address = server.accept()
        except OSError:
            return
        with line:
            content = _content(line)
            seen.append(len(content))
            line.sendall(answer or (b"stream: Eicar FOUND\0" if EICAR in content else b"stream: OK\0"))


def _content(line: socket.socket) -> bytes:
    stream = line.makefile("rb")
    assert stream.read(10) == b"zINSTREAM\0"
    content = b""
    while length := int.from_bytes(stream.read(4), "big"):
        content += stream.read(length)
    return content
