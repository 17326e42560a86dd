"""A process that prints the hash of every sample paper: `python -m tests.papers.print_hashes en`."""

import hashlib
import sys

import django

django.setup()

from django.utils import translation  # noqa: E402

from papers import rendering  # noqa: E402
from tests.papers import samples  # noqa: E402

if __name__ == "__main__":
    translation.activate(sys.argv[1])
    for name, content in samples.ALL.items():
        sys.stdout.write(f"{name} {hashlib.sha256(rendering.render(content)).hexdigest()}\n")
