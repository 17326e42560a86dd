"""What happens around signing in, as the audit record calls it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

ACTIONS: dict[str, Promise] = {
    "signin.in": gettext_lazy("登录"),
    "signin.out": gettext_lazy("退出登录"),
    "signin.failed": gettext_lazy("登录失败"),
    "signin.locked": gettext_lazy("账号锁定"),
    "signin.unlocked": gettext_lazy("安全管理员解锁"),
    "signin.ended": gettext_lazy("安全管理员让其退出"),
    "factor.added": gettext_lazy("开通第二步登录"),
    "factor.removed": gettext_lazy("停用第二步登录"),
    "factor.renewed": gettext_lazy("换一组备用码"),
    "factor.failed": gettext_lazy("第二步登录失败"),
    "factor.lost": gettext_lazy("登记第二步登录丢失"),
    "factor.kept": gettext_lazy("第二步登录不停用"),
    "factor.agreed": gettext_lazy("第二人同意停用第二步登录"),
    "factor.reset": gettext_lazy("停用丢失的第二步登录"),
    "password.changed": gettext_lazy("修改密码"),
    "password.asked": gettext_lazy("忘了密码，要验证码或者链接"),
    "password.recovered": gettext_lazy("用验证码或者链接换密码"),
    "password.handed_out": gettext_lazy("窗口发一次性密码"),
    "password.reset": gettext_lazy("安全管理员发临时密码"),
    "identity.linked": gettext_lazy("绑定统一身份认证"),
    "identity.unlinked": gettext_lazy("取消绑定统一身份认证"),
    "identity.registered": gettext_lazy("用统一身份认证注册"),
    "lost_factors.read": gettext_lazy("查看丢失第二步登录的登记"),
    "sign_ins.read": gettext_lazy("查看登录记录"),
}
