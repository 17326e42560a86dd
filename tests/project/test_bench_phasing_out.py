"""The benchmark of the clock must go on doing what the clock does: every phase-out that is due ends, none fails."""

from contextlib import nullcontext

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from project.bench import phasing_out

pytestmark = pytest.mark.django_db

MADE = 40


def test_of_forty_phase_outs_the_two_due_end_and_the_two_of_this_month_are_warned_once(peopled, monkeypatch):
    monkeypatch.setitem(phasing_out.OPEN, connection.vendor, MADE)
    monkeypatch.setattr(phasing_out, "scratch", nullcontext)
    monkeypatch.setattr(phasing_out, "filled", lambda: None)
    applicant = get_user_model().objects.get(username="applicant")
    lines = list(phasing_out.bench_phasing_out(applicant))
    assert [line["done"] for line in lines] == [MADE // phasing_out.DUE, 0, MADE // phasing_out.DUE, 0]
