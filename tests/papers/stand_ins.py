"""Renderers that behave badly, to be guarded, and a cheap one that behaves well."""

import hashlib
import os
import time

from papers import content as contents
from papers.engine.guarded import Guarded


def cheap(content):
    """What looks enough like a PDF to be stored: cheap, and the same for the same content."""
    return b"%PDF-1.7\n" + hashlib.sha256(contents.canonical(content).encode()).digest()


class Cheap:
    """Makes no real PDF."""

    processes = 1

    def render(self, content):
        """What the paper is called decides how it behaves."""
        return getattr(self, content.title, cheap)(content)

    def hangs(self, content):
        """Waits for something that never comes."""
        time.sleep(600)

    def computes(self, content):
        """Uses processor time without end."""
        while True:
            hashlib.sha256(content.title.encode()).digest()

    def eats(self, content):
        """Takes memory without end."""
        return b"".join([bytes(64 * 1024 * 1024) for _turn in range(1000)])

    def grazes(self, content):
        """Comes so near the limit that something may have been left out, and says nothing."""
        return bytes(len(bytes(ALMOST * 1024 * 1024))) and cheap(content)

    def dies(self, content):
        """Ends as a library in C does that finds no memory."""
        os.abort()

    def talks(self, content):
        """Writes where the answer might have gone."""
        os.write(1, b"noise")
        return cheap(content)

    def quotes(self, content):
        """Fails with words of the paper."""
        raise ValueError(content.addressee)

    def names(self, content):
        """Tells which process it is."""
        return str(os.getpid()).encode()


ALMOST = 170


def guarded_cheap():
    """The cheap one, guarded as the real one is."""
    return Guarded(inside="tests.papers.stand_ins.Cheap")
