"""What can be had several times is looked at again: an official reads which case gave it before, and says why."""

import pytest

from benefits import exclusions
from benefits.models import Entitlement, Grant
from people.refusals import Conflict
from tests import walking
from tests.benefits import claimed

pytestmark = pytest.mark.django_db
LOOKED_AT = sorted(exclusions.LOOKED_AT_AGAIN)
GRADUATES = "employer-si-subsidy-graduates"


def decided(walk):
    """Another case of the same, with everybody saying yes."""
    return walk.to_the_decision()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", LOOKED_AT)
def test_the_same_organisation_is_not_granted_it_again_without_a_reason(scheme):
    walk = walking.of(scheme)
    first = decided(walk)
    with pytest.raises(Conflict) as caught:
        decided(walk)
    assert caught.value.code == "excluded"
    assert first.application.number in str(caught.value.message)
    assert Grant.objects.count() == 1


@pytest.mark.slow
def test_a_household_that_was_taken_back_is_not_taken_back_again_before_it_left():
    walk = walking.of("dibao-reinclusion")
    first = decided(walk)
    with pytest.raises(Conflict) as caught:
        decided(walk)
    assert caught.value.code == "given_already"
    assert first.application.number in str(caught.value.message)


class TestGraduatesOfAnEmployer:
    """Each graduate has months of their own, whoever employs them."""

    @pytest.fixture
    def walk(self):
        return walking.of(GRADUATES)

    @pytest.mark.slow
    def test_the_same_months_of_a_graduate_are_given_once(self, walk):
        first = decided(walk)
        with pytest.raises(Conflict) as caught:
            decided(walk)
        assert caught.value.code == "given_already"
        assert first.application.number in str(caught.value.message)

    @pytest.mark.slow
    def test_another_graduate_has_the_same_months(self, walk):
        decided(walk)
        walk.facts |= {"id_number": "", "disability_certificate": ""}
        del walk.facts["id_number"], walk.facts["disability_certificate"]
        decided(walk)
        assert Entitlement.objects.count() == 2
        assert len({row.holder for row in Entitlement.objects.all()}) == 2


def test_nothing_stands_over_what_is_had_once():
    claimed.publish()
    assert not Entitlement.objects.exists()
