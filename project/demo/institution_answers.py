"""What invented institutions answer."""

from datetime import date, timedelta
from typing import Any

from stdnum.cn import uscc

from people.synthetic import SyntheticPerson

WORKSHOPS = ("金穗手工艺合作社", "红土农产品公司", "南湖印刷厂", "文澜快递服务部")


def employer(person: SyntheticPerson, county: str, n: int) -> dict[str, Any]:
    """A small employer that adapted its work places."""
    stem = f"91{county}MA6X{n:05d}"
    return {
        "organisation": f"蒙自{WORKSHOPS[n % len(WORKSHOPS)]}",
        "uscc": stem + uscc.calc_check_digit(stem),
        "organisation_kind": "enterprise",
        "legal_representative": person.name,
        "name": person.name,
        "id_number": person.id_number,
        "phone": person.phone,
        "home_division": county,
        "disabled_staff": 2 + n % 3,
        "staff_terms_met": True,
        "components": [{"component": "workplace", "cost": "12000.00"}, {"component": "training", "cost": "3000.00"}],
        "account": person.account,
        "bank": "中国建设银行",
    }


def visit(at: date) -> dict[str, Any]:
    """What two officials enter after they looked at the place."""
    return {"visited_on": (at - timedelta(days=1)).isoformat(), "checkers": "段、白", "site_confirmed": True}
