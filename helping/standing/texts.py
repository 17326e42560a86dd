"""The wordings of consent 同意书: each version stays as it was shown; a new wording is a new version."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CURRENT = "2026-11"


@dataclass(frozen=True)
class ConsentText:
    """What is shown or read out to somebody before they let another person act for them, sentence by sentence."""

    version: str
    sentences: tuple[Promise, ...]


VERSIONS: dict[str, ConsentText] = {
    "2026-11": ConsentText(
        "2026-11",
        (
            _("我同意由写明的帮办人，在写明的范围内，替我办理申请。"),
            _("帮办人会看到办这件事需要的我的身份、残疾、收入和银行账户信息，只能用来办这件事。"),
            _("补贴只发到我本人的账户。帮办不收费，帮办人不得代我领钱。"),
            _("我可以随时停止帮办：在我的账号里停止，或者打电话、到窗口说明。停止后帮办人看不到我的申请。"),
            _("不同意由别人帮办，不影响我自己申请，也不影响审批结果。"),
        ),
    )
}


def current() -> ConsentText:
    """The wording shown today."""
    return VERSIONS[CURRENT]


def text_of(version: str) -> ConsentText | None:
    """The wording that was shown then; None for a version this site never had."""
    return VERSIONS.get(version)
