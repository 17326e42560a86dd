"""Every kind of policy value can be typed in, and comes out as it went in."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from people.forms import BaseForm
from schemes.rules.parameters import PARAMETER_READERS, read_parameter
from schemes.rules.values import READERS, read_value
from schemes.value_inputs import INPUTS, PARAMETER_INPUTS, Asked

VALUES = [
    ("window", [{"opens": "09-01", "closes": "10-15"}, {"opens": "03-01", "closes": "04-30"}]),
    ("window", [{"opens": "2027-03-01", "closes": "2027-04-30"}]),
    ("quota", {"per_year": 220}),
    (
        "instalments",
        [
            {"occasion": "grant", "percent": "40", "months": 0},
            {"occasion": "works", "percent": "40", "months": 6},
            {"occasion": "retention", "percent": "20", "months": 18},
        ],
    ),
    ("amount", "1200.00"),
    ("category_amounts", {"level-1": "3000.00", "level-2": "2000.00"}),
    ("trip_amounts", {"in_province": "500.00", "out_of_province": "1000.00"}),
    ("trips_per_year", 1),
    ("share", "2/3"),
    ("monthly_ceiling", "none"),
    ("monthly_ceiling", "800.00"),
    ("months_ceiling", 36),
    ("months_ceiling", "none"),
    ("attendance_percent", "80"),
    ("ceiling_period", "year"),
    ("rate_ceiling", "4.35"),
    ("day_basis", 360),
    ("spacing_rule", {"kind": "to_percent", "min": "70", "max": "90"}),
    ("cohort_rule", "academic_year"),
    ("cohort_starts", "09-01"),
    ("requires_seeking", False),
    ("covers", ["welfare", "sports"]),
    ("covers", []),
    ("relief_value", "12.5"),
    ("work_cost_deduction", {"kind": "none"}),
    ("work_cost_deduction", {"kind": "percent_of_wage", "value": "30"}),
    ("disregard_months", 0),
    ("phase_out_months", {"min": 6, "max": 12}),
    ("phase_out_months", {"min": 6, "max": 12, "default": 9}),
    ("taper", ["100", "80", "60"]),
    ("equality", "within"),
]
PARAMETERS = [
    ("money", "100.00"),
    ("percent", "1.5"),
    ("whole", 220),
    ("truth", True),
    ("codes", ["one", "two"]),
    ("table", {"one": "1.00"}),
]


def form_of(kind, name, codes=(), data=None):
    form = BaseForm(data)
    form.fields = kind.fields(Asked(name, "数值", dict.fromkeys(codes, "词")))
    return form


def round_trip(kind, name, raw, codes=()):
    """What the form shows of a stored value, sent back unchanged."""
    form = form_of(kind, name, codes)
    form.initial = kind.shown(raw)
    sent = {}
    for box in form:
        value = box.value()
        if value is not None and value is not False:
            sent[box.html_name] = value
    again = form_of(kind, name, codes, sent)
    assert again.is_valid(), again.errors
    return kind.stored(again.cleaned_data)


def test_every_value_and_every_kind_of_parameter_can_be_typed_in():
    assert set(INPUTS) == set(READERS)
    assert set(PARAMETER_INPUTS) == set(PARAMETER_READERS)


@pytest.mark.parametrize("name,raw", VALUES)
def test_a_value_comes_out_of_its_form_as_it_went_in(name, raw):
    assert round_trip(INPUTS[name], name, raw) == raw
    read_value(name, raw)


@pytest.mark.parametrize("kind,raw", PARAMETERS)
def test_a_parameter_of_a_scheme_comes_out_as_it_went_in(kind, raw):
    assert round_trip(PARAMETER_INPUTS[kind], "own", raw) == raw
    read_parameter(kind, raw)


def test_codes_that_have_words_get_a_field_each_and_an_empty_one_is_no_entry():
    raw = {"level-1": "3000.00"}
    assert round_trip(INPUTS["category_amounts"], "category_amounts", raw, ("level-1", "level-2")) == raw


@pytest.mark.parametrize(
    "name,sent",
    [
        ("amount", {"value": "1,00"}),
        ("attendance_percent", {"value": "101"}),
        ("share", {"value": "two thirds"}),
        ("taper", {"value": "100 much"}),
        ("trips_per_year", {"value": "0"}),
        ("cohort_starts", {"value_month": "13", "value_day": "1"}),
        ("phase_out_months", {"value_min": "6"}),
        ("covers", {"value": ["horses"]}),
        ("category_amounts", {"value_lines": ""}),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(name, sent):
    assert not form_of(INPUTS[name], name, data=sent).is_valid()


@pytest.mark.parametrize(
    "name,sent",
    [
        ("monthly_ceiling", {}),
        ("monthly_ceiling", {"value": "800", "value_unlimited": "on"}),
        ("work_cost_deduction", {"value_kind": "fixed"}),
        ("category_amounts", {"value_lines": "level-1 much"}),
        ("window", {"value_lines": "09-01"}),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(name, sent):
    form = form_of(INPUTS[name], name, data=sent)
    assert form.is_valid()
    with pytest.raises(ValidationError):
        INPUTS[name].stored(form.cleaned_data)


def test_full_width_digits_and_percent_signs_are_read():
    sent = SimpleNamespace(taper={"value": "１００%、80%，60"}, percent={"value": " ８０% "})
    form = form_of(INPUTS["taper"], "taper", data=sent.taper)
    assert form.is_valid()
    assert INPUTS["taper"].stored(form.cleaned_data) == ["100", "80", "60"]
    form = form_of(INPUTS["attendance_percent"], "attendance_percent", data=sent.percent)
    assert form.is_valid()
    assert INPUTS["attendance_percent"].stored(form.cleaned_data) == "80"
