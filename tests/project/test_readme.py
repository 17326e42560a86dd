"""What the README counts is so."""

from collections import Counter
from pathlib import Path

from schemes.files.catalogue_files import read_policies, read_schemes

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
WAYS = {"apply": "apply 申请", "institution": "institution 单位申请", "refer": "refer 转办", "inform": "inform 告知"}


def test_the_readme_counts_the_schemes_as_they_are_offered():
    offered = Counter(scheme.offered_as for scheme in read_schemes())
    for way, words in WAYS.items():
        assert f"| {words} | {offered[way]} |" in README


def test_the_readme_counts_the_clauses():
    clauses = sum(len(policy.schemes) for policy in read_policies())
    assert f"Eighty schemes over {clauses} clauses" in README
    assert len(read_schemes()) == 80
