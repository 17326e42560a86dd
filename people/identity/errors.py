"""What is wrong with a number or name, in words that say what to do."""

from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

ERRORS: dict[str, str] = {
    "not_text": _("请以文字形式填写，不要使用数值格式，以免末尾数字丢失。"),
    "id_missing": _("请填写身份证号码。"),
    "id_length": _("身份证号码应为18位，现在是%(count)s位。请对照证件逐位核对。"),
    "id_old": _("15位身份证号码已停用。请填写现用居民身份证上的18位号码。"),
    "id_characters": _("身份证号码应为17位数字加1位数字或字母X。请检查是否混入了其他字符。"),
    "id_checksum": _("身份证号码的校验位不符，可能有一位填错。请对照证件逐位核对。"),
    "id_birth_date": _("身份证号码第7至14位不是真实的日期。请对照证件核对出生年月日。"),
    "id_birth_future": _("身份证号码中的出生日期晚于办理日期。请对照证件核对出生年月日。"),
    "certificate_missing": _("请填写残疾人证号。"),
    "certificate_length": _("残疾人证号应为20位，补发的为22位，现在是%(count)s位。请对照证件逐位核对。"),
    "certificate_form": _(
        "残疾人证号应为18位身份证号码加类别（1至7）和等级（1至4），补发的再加B和次数。请对照证件核对。"
    ),
    "name_missing": _("请填写姓名。"),
    "name_length": _("姓名不能超过%(limit)s个字。请只填写证件上的姓名。"),
    "name_characters": _("姓名中有不能使用的字符。请只填写证件上的文字，民族姓名中的间隔号请用“·”。"),
    "name_private_use": _("姓名中有自造字，其他系统无法显示。请改用标准生僻字；无法输入时请到窗口办理。"),
    "phone_missing": _("请填写联系电话。"),
    "phone_form": _("联系电话应为11位手机号码，或带区号的固定电话，例如0873-3720000。"),
    "account_missing": _("请填写收款账号。"),
    "account_form": _("收款账号应为12至30位数字。请对照银行卡或存折逐位核对。"),
    "uscc_missing": _("请填写统一社会信用代码。"),
    "uscc_form": _("统一社会信用代码应为18位数字和大写字母（不含I、O、Z、S、V），且校验位相符。请对照营业执照核对。"),
    "organisation_missing": _("请填写单位名称。"),
    "organisation_length": _("单位名称不能超过%(limit)s个字。请只填写营业执照或登记证书上的名称。"),
    "organisation_characters": _("单位名称中有不能使用的字符。请按营业执照或登记证书上的名称填写。"),
}

DOUBTS: dict[str, str] = {
    "id_area_unknown": _("身份证号码前6位不在已知的行政区划代码中。如与证件一致，可以继续。"),
    "certificate_extra_digit": _("残疾人证号为21位，多于标准的20位。如与证件一致，可以继续，由工作人员核对。"),
    "certificate_id_invalid": _("残疾人证号的前18位不是有效的身份证号码。请对照证件核对。"),
    "account_luhn": _("收款账号不符合银行卡号的校验规则，可能有一位填错。存折等账号不适用此规则，核对无误可以继续。"),
}


def _fill(message: str, params: dict[str, int]) -> str:
    """The message in the reader's language with its figures put in."""
    return str(message) % params


_fill_lazily = lazy(_fill, str)


class IdentityError(ValueError):
    """A number or name that cannot be right.

    `code` is stable and names the fault; `message` is lazily translated and tells the reader what to do.
    """

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.message = _fill_lazily(ERRORS[code], params) if params else ERRORS[code]


@dataclass(frozen=True)
class Doubt:
    """Something unusual that a person should look at; it never blocks."""

    code: str

    @property
    def message(self) -> str:
        """What is unusual and what to do, lazily translated."""
        return DOUBTS[self.code]
