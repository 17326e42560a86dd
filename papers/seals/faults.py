"""Why a paper could not be sealed. Each names what somebody has to do; none is mended by trying again."""

from django.utils.translation import gettext_lazy as _


class SealFault(Exception):
    """A paper stays unsigned. The name of the class is what is noted on it; it quotes nothing."""


class SealExpired(SealFault):
    """The office's electronic seal is not yet or no longer valid, and it has no other."""


class SealWithdrawn(SealFault):
    """The office's electronic seal was withdrawn, and it has no other."""


class SealKeyMissing(SealFault):
    """The key of the seal cannot be read, or is not the one of its certificate."""


WORDS = {
    "SealExpired": _("电子印章不在有效期内。请登记新的电子印章，再重新生成。"),
    "SealWithdrawn": _("电子印章已经停用。请登记新的电子印章，再重新生成。"),
    "SealKeyMissing": _("读不到电子印章的密钥，或者密钥同证书不符。请系统管理员检查密钥文件，再重新生成。"),
}
