"""Write docs/policy-record.md: which place offers which scheme, how, and by which clause. From the files alone."""

import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from schemes.definition import SchemeDefinition  # noqa: E402
from schemes.files.catalogue_files import read_policies, read_schemes  # noqa: E402
from schemes.files.policy_files import OfferFile, PolicyFile  # noqa: E402

RECORD = ROOT / "docs" / "policy-record.md"
NAMES = {
    "532500": "红河 Honghe",
    "532622": "砚山 Yanshan",
    "310000": "上海 Shanghai",
    "220000": "吉林 Jilin",
    "350000": "福建 Fujian",
    "411500": "信阳 Xinyang",
    "500000": "重庆 Chongqing",
    "500153": "荣昌 Rongchang",
}
WAYS = {"apply": "申请", "institution": "机构申请", "refer": "转办", "inform": "告知"}
SOURCES = {"official": "官方网站原文", "repost": "转载", "memory": "凭记忆录入，待核对"}
HEAD = """# Policy record 政策依据一览

This page is written by `scripts/policy_record.py` from the scheme and policy files, and a test keeps it current.
本页由 `scripts/policy_record.py` 根据事项文件和政策文件生成，请勿手工修改。

How a scheme is offered 办理方式:

- 申请: persons or households apply
- 机构申请: institutions apply
- 转办: we hand the request to the office in charge
- 告知: only told of; the clause sets a target, encourages or announces
- —: no clause 没有条款

## Documents 政策文件
"""


def record() -> str:
    """The whole page."""
    policies = sorted(read_policies(), key=_order)
    schemes = {scheme.code: scheme for scheme in read_schemes()}
    title = "## Schemes and clauses 事项和条款"
    return "\n".join([HEAD, *_documents(policies), "", title, "", *_table(policies, schemes), ""])


def _order(policy: PolicyFile) -> int:
    known = list(NAMES)
    return known.index(policy.division) if policy.division in known else len(known)


def _name(policy: PolicyFile) -> str:
    return NAMES.get(policy.division, policy.division)


def _documents(policies: Iterable[PolicyFile]) -> Iterable[str]:
    yield _row("地方 Place", "文件 Document", "文号 Number", "有效期 In force", "来源 Source", "说明 Note")
    yield _row(*["---"] * 6)
    for policy in policies:
        for document in policy.documents:
            period = f"{document.in_force_from}至{document.in_force_to or '未定'}"
            source = SOURCES[document.source]
            yield _row(_name(policy), document.title, document.number, period, source, document.note)


def _table(policies: list[PolicyFile], schemes: dict[str, SchemeDefinition]) -> Iterable[str]:
    places = [policy for policy in policies if policy.schemes]
    yield _row("事项 Scheme", "代码 Code", *map(_name, places))
    yield _row(*["---"] * (len(places) + 2))
    for code in sorted(schemes):
        cells = (_cell(schemes[code], policy) for policy in places)
        yield _row(schemes[code].title.zh, code, *cells)


def _cell(scheme: SchemeDefinition, policy: PolicyFile) -> str:
    """Every clause by the way it offers the scheme: 申请 三(二)、三(四)；告知 六(一)."""
    ways: dict[str, list[str]] = {}
    for offer in policy.schemes:
        if offer.scheme == scheme.code:
            ways.setdefault(_way(scheme, offer), []).append(offer.clause)
    return "；".join(f"{way} {'、'.join(clauses)}" for way, clauses in ways.items()) or "—"


def _way(scheme: SchemeDefinition, offer: OfferFile) -> str:
    return WAYS[offer.offered_as or scheme.offered_as]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    RECORD.write_text(record(), encoding="utf-8")
    print(f"{RECORD.relative_to(ROOT)} written")
