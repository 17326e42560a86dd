"""Which role carries which permissions on its office. The table is the rule."""

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    "clerk": frozenset({"view_cases", "accept_cases", "confirm_agreements"}),
    "reviewer": frozenset({"view_cases", "review_cases", "file_cases", "handle_objections"}),
    "approver": frozenset({"view_cases", "decide_cases"}),
    "supervisor": frozenset({"view_cases", "manage_work"}),
    "expert": frozenset({"give_opinions"}),
    "finance_maker": frozenset({"view_money", "make_batches"}),
    "finance_checker": frozenset({"view_money", "check_batches"}),
    "policy_editor": frozenset({"edit_policy"}),
    "policy_publisher": frozenset({"publish_policy"}),
    "auditor": frozenset({"read_audit"}),
    "administrator": frozenset({"manage_posts"}),
    "system_administrator": frozenset({"run_system"}),
    "hotline": frozenset({"answer_hotline"}),
    "village_clerk": frozenset({"help_villagers"}),
}

STAGE_PERMISSION: dict[str, str] = {
    "accept": "accept_cases",
    "review": "review_cases",
    "countersign": "review_cases",
    "decide": "decide_cases",
    "cosign": "decide_cases",
    "order": "view_cases",
    "confirm": "confirm_agreements",
    "file": "file_cases",
    "notice": "handle_objections",
}

# Who acts on work items; who works at the desk also oversees them: a supervisor hands work on and decides nothing.
CASE_ROLES = frozenset({"clerk", "reviewer", "approver"})
DESK_ROLES = CASE_ROLES | {"supervisor"}
MONEY_ROLES = frozenset({"finance_maker", "finance_checker"})
POLICY_ROLES = frozenset({"policy_editor", "policy_publisher"})
