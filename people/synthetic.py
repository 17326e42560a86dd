"""Invented people for demonstrations and tests: valid in form, belonging to nobody.

Everything follows from (n, division, years) alone, so a demo looks the same on every machine. Numbers are counted
out, not taken from anybody; bank accounts begin with 629999, chosen because it names no bank known to us.
"""

import calendar
import random
from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd

from people.identity import check_digit

HAN_FAMILY = "李王张刘陈杨赵黄周吴徐孙马朱胡郭何林罗高段白普龙陶"
HAN_GIVEN = (
    "晓明", "建华", "丽芬", "志强", "秀英", "文斌", "玉兰", "家伟",
    "雨桐", "子涵", "春梅", "国栋", "慧", "磊", "静怡", "永福",
)  # fmt: skip
RARE_NAMES = ("李䶮", "王㛃", "陈𬱖", "杨𠅤", "赵𬭬", "欧阳㛃雅", "段𬱖文")
HANI_FAMILY = ("白", "李", "普", "卢", "马", "罗")
HANI_GIVEN = ("批斗", "嘎收", "梭嘎", "们嫩", "阿波", "批娘", "车优", "沙九")
YI_CLAN = ("阿苦", "吉克", "沙马", "阿细", "尼苏", "普拉")
YI_GIVEN = ("木呷", "阿牛", "伍各", "拉且", "日火", "阿芝")
MIAO_FAMILY = ("杨", "熊", "陶", "侯", "古", "项")
MIAO_GIVEN = ("正才", "美仰", "朝忠", "咪", "自明", "小玫", "发祥")
DAI_NAMES = ("刀·岩温", "刀·玉波罕", "岩罕香", "玉香叫", "岩·坎章", "玉儿甩", "白·岩依")
PHONE_PREFIXES = ("138", "159")
ACCOUNT_PREFIX = "629999"
ACCOUNT_DIGITS = 18
CATEGORIES = 7
GRADES = 4
SEQUENCES = 499
# Both are prime, so stepping by them visits every day and every number once before repeating.
DAY_STEP = 7919
NUMBER_STEP = 48_271


@dataclass(frozen=True)
class SyntheticPerson:
    """An invented person. `sex` is "male" or "female"; the certificate fits the ID."""

    name: str
    id_number: str
    certificate: str
    phone: str
    account: str
    birth: date
    sex: str


def synthetic_person(n: int, division_code: str, birth_year_range: tuple[int, int] = (1960, 2004)) -> SyntheticPerson:
    """The n-th invented person (n from 0) with an ID of a county (a township counts as its county), born from the
    first to the last year, both included. IDs of one division and range do not repeat below half a million.

    Raises ValueError for a negative n, a code shorter than six digits or an empty range.
    """
    first, last = birth_year_range
    if n < 0 or len(division_code) < 6 or last < first:
        raise ValueError("n, division_code or birth_year_range out of range")
    luck = random.Random(f"{n}:{division_code}:{first}:{last}")  # noqa: S311 - repeatable on purpose
    birth, turn = _birth(n, first, last)
    male = luck.random() < 0.5
    sequence = 2 * (turn % SEQUENCES) + (1 if male else 2)
    stem = f"{division_code[:6]}{birth:%Y%m%d}{sequence:03d}"
    id_number = stem + check_digit(stem)
    return SyntheticPerson(
        name=_name(luck),
        id_number=id_number,
        certificate=_certificate(luck, id_number),
        phone=_phone(n, division_code),
        account=_account(n, division_code),
        birth=birth,
        sex="male" if male else "female",
    )


def _birth(n: int, first: int, last: int) -> tuple[date, int]:
    """A birthday, and how often the whole range was used up before n."""
    days = 365 * (last - first + 1) + calendar.leapdays(first, last + 1)
    step = DAY_STEP if gcd(DAY_STEP, days) == 1 else 1
    return date(first, 1, 1) + timedelta(days=n * step % days), n // days


def _name(luck: random.Random) -> str:
    """A name as people of Honghe have them; one in twelve has characters outside the common sets."""
    return luck.choice((_han, _han, _han, _han, _han, _hani, _hani, _yi, _yi, _miao, _dai, _rare))(luck)


def _han(luck: random.Random) -> str:
    return luck.choice(HAN_FAMILY) + luck.choice(HAN_GIVEN)


def _hani(luck: random.Random) -> str:
    return luck.choice(HANI_FAMILY) + luck.choice(HANI_GIVEN)


def _yi(luck: random.Random) -> str:
    return f"{luck.choice(YI_CLAN)}·{luck.choice(YI_GIVEN)}"


def _miao(luck: random.Random) -> str:
    return luck.choice(MIAO_FAMILY) + luck.choice(MIAO_GIVEN)


def _dai(luck: random.Random) -> str:
    return luck.choice(DAI_NAMES)


def _rare(luck: random.Random) -> str:
    return luck.choice(RARE_NAMES)


def _certificate(luck: random.Random, id_number: str) -> str:
    """A certificate of that ID; one in ten is a replacement."""
    replaced = "B1" if luck.random() < 0.1 else ""
    return f"{id_number}{luck.randint(1, CATEGORIES)}{luck.randint(1, GRADES)}{replaced}"


def _digits(n: int, division_code: str, width: int) -> str:
    """Digits that differ for every n of a division."""
    return f"{(n * NUMBER_STEP + int(division_code[:6]) * 101) % 10**width:0{width}d}"


def _phone(n: int, division_code: str) -> str:
    return PHONE_PREFIXES[n % len(PHONE_PREFIXES)] + _digits(n, division_code, 8)


def _account(n: int, division_code: str) -> str:
    """Nineteen digits that pass the card checksum (Luhn)."""
    stem = ACCOUNT_PREFIX + _digits(n, division_code, ACCOUNT_DIGITS - len(ACCOUNT_PREFIX))
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in stem[::-2])
    return stem + str(-(doubled + sum(int(digit) for digit in stem[-2::-2])) % 10)
