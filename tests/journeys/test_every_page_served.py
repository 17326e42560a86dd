"""Every page of the URL map, as it is served: it works where no script runs, is light, and says whom to telephone."""

import pytest
from django.conf import settings

from tests.journeys import served
from tests.journeys.everything import client_of, everything
from tests.journeys.readers import pages_of, shifts

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
KILOBYTE = 1024
MOST = 100 * KILOBYTE
APPLICANTS = ("anonymous", "applicant")


@pytest.mark.parametrize("shift", range(2))
def test_every_page_works_without_script_is_light_and_says_whom_to_telephone(shift):
    found, heaviest = [], (0, "")
    with everything() as arguments:
        for account in shifts(2)[shift]:
            for path, page in pages_of(account, arguments, client_of(account)):
                found += [f"{path}: {fault}" for fault in served.needs_script(page)]
                heaviest = max(heaviest, (served.weight(page), path))
                if account in APPLICANTS and not served.says_whom_to_ask(page, settings.HELP_PHONE):
                    found.append(f"{path}: no telephone for help")
    assert found == []
    assert heaviest[0] <= MOST, heaviest
