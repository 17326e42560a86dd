"""`make demo` writes what came out of three schemes; its papers are looked at where papers are tested."""

import json

import pytest

from project.demo import showing

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_files_of_the_batch_the_papers_and_a_summary_are_written(peopled, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    results = showing.run()
    showing.write(results, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {f"payout-{results.batch.number}.{kind}" for kind in ("xlsx", "csv")} < names
    assert len([name for name in names if name.endswith(".pdf")]) == len(results.papers)
    told = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert told["batch"]["lines"] == results.batch.line_count
    assert results.audit.startswith("ok ")
