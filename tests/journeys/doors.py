"""Who may open what. Everybody not named is refused; a URL not named here fails the tests until somebody decides."""

from project.demo.accounts import PRINTED

ANYBODY = frozenset({"anonymous", *PRINTED})
SIGNED_IN = frozenset(PRINTED)
FILER = frozenset({"applicant"})
CASE_OFFICIALS = frozenset(
    {
        "school",
        "township",
        "county-clerk",
        "county-reviewer",
        "county-approver",
        "other-county",
        "prefecture-reviewer",
        "prefecture-approver",
        "dpf",
        "lottery-centre",
    }
)
# The case of these tests was accepted by the school and waits at the county's 人社局.
IN_CHARGE = frozenset({"school", "county-clerk", "county-reviewer", "county-approver"})
FINANCE = frozenset({"finance-maker", "finance-checker"})
AUDITOR = frozenset({"auditor"})

OPEN_TO: dict[str, frozenset[str]] = {
    "home": ANYBODY,
    "set_language": ANYBODY,
    "elder_mode": ANYBODY,
    "accessibility": ANYBODY,
    "source": ANYBODY,
    "source_archive": ANYBODY,
    "source_licence": ANYBODY,
    "livez": ANYBODY,
    "readyz": ANYBODY,
    "prometheus-django-metrics": ANYBODY,
    "apply:index": ANYBODY,
    "apply:guide": ANYBODY,
    "notices:list": ANYBODY,
    "notices:detail": ANYBODY,
    "papers:verify": ANYBODY,
    "papers:result": ANYBODY,
    "policy:index": ANYBODY,
    "policy:detail": ANYBODY,
    "account_login": ANYBODY,
    "account_signup": ANYBODY,
    "account_inactive": ANYBODY,
    "account_logout": ANYBODY,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": frozenset(),
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "applications:list": SIGNED_IN,
    "applications:detail": FILER,
    "applications:resume": FILER,
    "applications:edit": FILER,
    "applications:member": FILER,
    "applications:member_remove": FILER,
    "applications:papers": FILER,
    "applications:paper": FILER,
    "applications:paper_pdf": FILER,
    "applications:attachment": FILER,
    "applications:attachment_remove": FILER,
    "applications:check": FILER,
    "applications:receipt": FILER,
    "applications:correct": FILER,
    "applications:withdraw": FILER,
    "approvals:inbox": CASE_OFFICIALS,
    "approvals:review": IN_CHARGE,
    "approvals:claim": IN_CHARGE,
    "approvals:release": IN_CHARGE,
    "approvals:unmask": IN_CHARGE,
    "approvals:attachment": IN_CHARGE,
    "approvals:paper_pdf": IN_CHARGE,
    "payouts:index": FINANCE,
    "payouts:payable": FINANCE,
    "payouts:batches": FINANCE,
    "payouts:batch": FINANCE,
    "payouts:cover": FINANCE,
    "payouts:seal": FINANCE,
    "payouts:approve": FINANCE,
    "payouts:discard": FINANCE,
    "payouts:export": FINANCE,
}
