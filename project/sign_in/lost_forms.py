"""The form of a lost second step at the counter: whose, why, and the card that was looked at."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from people.forms import ChoiceRadioField, DatePartsField
from people.models import LostFactor
from project.sign_in.resetting_forms import CounterAccountForm


class CounterFactorForm(CounterAccountForm):
    """The account, why its second step is no longer there, and the card."""

    reason = ChoiceRadioField(label=_("为什么用不了"), choices=LostFactor.Reason.choices)
    paper = ChoiceRadioField(label=_("看的是哪种证件"), choices=LostFactor.Card.choices)
    valid_until = DatePartsField(
        label=_("证件有效期到哪一天"), help_text=_("证件上写“长期”的，不用填。"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["office", "name", "id_number", "account", "reason", "paper", "valid_until", "seen"])
