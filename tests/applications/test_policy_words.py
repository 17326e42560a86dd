"""What the guide tells of the policy of a place: every value in words, none as it is stored."""

import pytest

from applications.policy_words import UNTOLD, figures_of
from schemes.files.catalogue_files import read_schemes
from schemes.policies import ResolvedPolicy, ResolvedValue

SCHEMES = [scheme for scheme in read_schemes() if scheme.examples]


def told(scheme, **values):
    """The figures of a scheme where these values hold."""
    held = {name: ResolvedValue(raw, "stated", "532500", "文号", "一", None, None) for name, raw in values.items()}
    return {figure.label: figure.text for figure in figures_of(ResolvedPolicy("in_force", (), held), scheme)}


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.code)
def test_every_value_of_every_scheme_is_told_in_words(scheme):
    examples = {example.name: example.value for example in scheme.examples}
    figures = told(scheme, **examples)
    assert len(figures) == len(examples.keys() - UNTOLD)
    for label, text in figures.items():
        assert not set(label) & set("_{}[]"), label
        assert text.strip()
        assert not set(text) & set("_{}[]"), text


def test_a_table_is_told_in_the_words_of_the_scheme():
    scheme = next(one for one in read_schemes() if one.calculation == "per_trip")
    figures = told(scheme, trip_amounts={"in_province": 500, "out_of_province": "1000"}, trips_per_year=2)
    assert figures["每次往返标准"] == "省内：500.00元；省外：1,000.00元"
    assert figures["每年补贴次数"] == "每年2次"
