"""What invented applicants answer, for each scheme that stories are told of."""

from datetime import date, timedelta
from typing import Any

from stdnum.cn import uscc

from people.models import Office
from people.synthetic import SyntheticPerson

BANKS = ("云南农村信用社", "中国农业银行", "中国邮政储蓄银行", "中国建设银行")


def _person(person: SyntheticPerson) -> dict[str, Any]:
    return {"name": person.name, "id_number": person.id_number, "phone": person.phone}


def _account(person: SyntheticPerson, n: int) -> dict[str, Any]:
    return {"account": person.account, "bank": BANKS[n % len(BANKS)]}


def grant(person: SyntheticPerson, school: Office, filed: date, n: int = 0, **changes: Any) -> dict[str, Any]:
    """A graduate of this school year who is looking for work."""
    first_summer = filed.year if filed.month < 9 else filed.year + 1
    return {
        **_person(person),
        **_account(person, n),
        "disability_certificate": person.certificate,
        "school": school.pk,
        "study_mode": "full_time",
        "graduation_date": date(first_summer, 7, 1).isoformat(),
        "seeks_work": True,
        "received_before": False,
        **changes,
    }


def waiver(person: SyntheticPerson, county: str, kind: str, n: int = 0, **changes: Any) -> dict[str, Any]:
    """An agent who runs an outlet in person."""
    return {
        **_person(person),
        "disability_certificate": person.certificate,
        "lottery_kind": kind,
        "outlet_division": county,
        "outlet_address": f"人民路{n + 1}号",
        "contract_number": f"DX{county}{n:05d}",
        "deposit_due": "10000.00",
        "deposit_paid": ("10000.00", "5000.00", "0.00")[n % 3],
        "operates_in_person": True,
        **changes,
    }


def referral(person: SyntheticPerson, county: str, n: int = 0, **changes: Any) -> dict[str, Any]:
    """Somebody who asks for a service that another office gives."""
    return {
        **_person(person),
        "disability_certificate": person.certificate,
        "home_division": county,
        "need": ("assessment", "registration", "service")[n % 3],
        "request": "想知道自己适合做什么工作。",
        **changes,
    }


def recognition(person: SyntheticPerson, township: str, n: int = 0, **changes: Any) -> dict[str, Any]:
    """Somebody without steady work who asks to be recognised as having difficulty in finding it."""
    return {
        **_person(person),
        "home_division": township,
        "evidence": "certificate",
        "disability_certificate": person.certificate,
        "able_to_work": True,
        "willing_to_work": True,
        "has_job": False,
        "retired": False,
        "help_wanted": ("openings", "training", "post")[n % 3],
        **changes,
    }


def post(person: SyntheticPerson, township: str, first: date, n: int = 0, **changes: Any) -> dict[str, Any]:
    """Somebody placed in a public-welfare post who claims the first two months of it."""
    return {
        **_person(person),
        **_account(person, n),
        "home_division": township,
        "certificate_holder": "self",
        "disability_certificate": person.certificate,
        "rural": True,
        "situation": "none",
        "able_to_work": True,
        "willing_to_work": True,
        "on_post": True,
        "post_name": "保洁员，村民委员会",
        "post_since": first.isoformat(),
        "claimed_from": first.isoformat(),
        "months_claimed": 2,
        "months_received": 0,
        "other_subsidy": False,
        **changes,
    }


def loan(person: SyntheticPerson, county: str, begins: date, days: int, n: int = 0, **changes: Any) -> dict[str, Any]:
    """A borrower who paid the interest of a quarter."""
    stem = f"92{county}MA{n:07d}"
    return {
        **_person(person),
        "disability_certificate": person.certificate,
        "business_division": county,
        "business_name": f"示例便民小店{n}号",
        "business_code": stem + uscc.calc_check_digit(stem),
        "registered_on": (begins - timedelta(days=400)).isoformat(),
        "is_owner": True,
        "still_operating": True,
        "lender": "示例农村商业银行蒙自支行",
        "loan_contract": f"HT-{n}",
        "is_guaranteed": True,
        "loan_months": 24,
        "loan_count": 1,
        "quarter_begins": begins.isoformat(),
        "days_in_quarter": days,
        "loan_principal": "100000.00",
        "annual_rate": "4.00",
        "interest_paid": True,
        "other_subsidy": False,
        **changes,
    }


def phase_out(
    head: SyntheticPerson, worker: SyntheticPerson, township: str, employed: date, n: int = 0, **changes: Any
) -> dict[str, Any]:
    """A household of two on benefit whose disabled member found a job."""
    return {
        **_person(head),
        **_account(head, n),
        "household_division": township,
        "household": [
            _member(head, "head", disabled=False, employed_since=None, monthly_wage="0", other_monthly_income="300"),
            _member(
                worker,
                "spouse",
                disabled=True,
                employed_since=employed.isoformat(),
                monthly_wage="2600",
                other_monthly_income="0",
            ),
        ],
        **changes,
    }


def _member(person: SyntheticPerson, relation: str, **facts: Any) -> dict[str, Any]:
    known = {"name": person.name, "id_number": person.id_number, "relation": relation, "exempt_monthly_income": "0"}
    return known | facts


def determination(day: date, **changes: Any) -> dict[str, Any]:
    """What the township enters for a phase-out."""
    return {
        "determined_on": day.isoformat(),
        "property_ok": True,
        "benefit_monthly": "626.00",
        "supplement_monthly": "104.00",
        **changes,
    }
