"""Seals for tests: the demonstration's authority, made once a process, and offices that have seals."""

from datetime import date
from functools import cache

from django.utils import timezone

from papers.seals import demo, register

FIRST, LAST = date(2026, 1, 1), date(2029, 12, 31)
NAME = "蒙自市人力资源和社会保障局电子印章"


def electronic(office, first=FIRST, last=LAST, name=NAME):
    """An electronic seal of an office, of the demonstration's authority."""
    source = ("demo", demo.certificate_for(name, first, last), "")
    return register.add_electronic(office, name, source, "admin", timezone.now())


def wet(office, name="蒙自市人力资源和社会保障局公章"):
    """A seal of rubber and ink."""
    return register.add_wet(office, name, FIRST, "admin", timezone.now())


@cache
def certificate():
    """One certificate a process, for tests of signing itself."""
    return demo.certificate_for(NAME, FIRST, LAST)
