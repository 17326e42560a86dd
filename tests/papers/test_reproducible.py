"""The same content gives the same bytes in every process, however that process was set up."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from papers import rendering
from tests.papers import samples

ROOT = Path(__file__).resolve().parent.parent.parent
SETUPS = {
    "Shanghai, Chinese": ("zh-hans", {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}),
    "Honolulu, English": ("en", {"PYTHONHASHSEED": "77", "TZ": "Pacific/Honolulu", "LC_ALL": "C", "LANG": "en_US"}),
    "no time zone": ("en", {"PYTHONHASHSEED": "4242", "TZ": "", "LC_ALL": "POSIX", "SOURCE_DATE_EPOCH": "1"}),
}


@pytest.fixture(scope="module")
def here():
    """The hash of every sample paper in this process."""
    papers = {name: rendering.render(content) for name, content in samples.ALL.items()}
    return {name: hashlib.sha256(pdf).hexdigest() for name, pdf in papers.items()}


@pytest.mark.slow
@pytest.mark.parametrize("setup", SETUPS)
def test_every_process_makes_the_same_bytes(here, setup):
    language, changed = SETUPS[setup]
    command = [sys.executable, "-m", "tests.papers.print_hashes", language]
    run = subprocess.run(command, cwd=ROOT, env=os.environ | changed, capture_output=True, check=True, text=True)

    assert dict(line.split() for line in run.stdout.splitlines()) == here


@pytest.mark.slow
def test_a_paper_after_others_has_the_bytes_of_a_paper_alone(here):
    for name in reversed(samples.ALL):
        assert hashlib.sha256(rendering.render(samples.ALL[name])).hexdigest() == here[name]
