"""The form in which somebody wishes to get papers."""

from django.utils.translation import gettext_lazy as _

from papers.models import Form
from people.forms import BaseForm, ChoiceRadioField


class WishForm(BaseForm):
    """One of the forms of reading."""

    form = ChoiceRadioField(
        label=_("以后的文书，您希望怎样阅读？"),
        choices=Form.choices,
        help_text=_(
            "选了大字版，以后的文书会自动生成大字版；选了纸质文书，办理机关会把文书打印出来交给您或者寄给您。随时可以改。"
        ),
        inline=True,
    )
