"""What lists and notices show of a name or number: enough to recognise one's own, too little to identify."""

MASK = "*"
# Family names of two characters; both are kept, as in 欧阳**.
COMPOUND_SURNAMES = frozenset(
    {
        "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "尉迟", "公羊", "赫连",
        "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文",
        "鲜于", "闾丘", "司空", "端木", "呼延", "令狐", "第五", "百里", "东郭", "南门", "拓跋", "完颜", "纳兰",
    }
)  # fmt: skip


def masked_name(name: str) -> str:
    """张三 as 张*, longer names with two stars at most, so that the length does not tell: 欧阳**, 阿**."""
    if not name:
        return ""
    kept = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return name[:kept] + MASK * max(1, min(2, len(name) - kept))


def masked_id(number: str) -> str:
    """532524199901010017 as 532524********0017; anything of another length shows its last four only."""
    if len(number) != 18:
        return masked_account(number)
    return number[:6] + MASK * 8 + number[-4:]


def masked_phone(number: str) -> str:
    """13812341234 as 138****1234; a landline keeps its area code and last two digits."""
    area, hyphen, subscriber = number.partition("-")
    if hyphen:
        return f"{area}-{MASK * 4}{subscriber[-2:]}"
    return f"{number[:3]}{MASK * 4}{number[-4:]}" if len(number) >= 11 else masked_account(number)


def masked_account(number: str) -> str:
    """The last four digits behind four stars, whatever the length: ****5672. Short values are hidden whole."""
    return MASK * 4 + (number[-4:] if len(number) >= 8 else "")
