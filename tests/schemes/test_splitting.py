"""A pasted document is split into its clauses, and each is laid beside the clauses on record."""

import pytest

from schemes.building.comparing import OnRecord, Record, differences, ratio
from schemes.building.splitting import clauses_of
from schemes.files.catalogue_files import ROOM, read_policies
from tests.schemes.clause_places import squeezed

DOCUMENTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOM / "documents").glob("*.txt"))}
OFFERS = [offer for policy in read_policies() for offer in policy.schemes]
# These count as the others do; elsewhere the record leaves out a heading, or the text is a table.
NUMBERED = ("fujian-2025-2027", "honghe-2025-47", "jilin-2025-16", "shanghai-2025-2027")


def places(text):
    return [clause.place for clause in clauses_of(text)]


def test_numbers_of_each_kind_nest_in_the_order_the_text_uses_them():
    text = "一、总则\n(一)范围。\n1.城镇残疾人。适用。\n2.农村残疾人。适用。\n（二）期限。三年。\n二、附则。即日施行。"
    assert places(text) == ["一(一)1", "一(一)2", "一(二)", "二"]


def test_articles_are_cited_as_articles():
    assert places("第一条 为了就业。\n第二条 本办法所称补贴：\n（一）求职补贴；\n（二）岗位补贴。") == [
        "第一条",
        "第二条(一)",
        "第二条(二)",
    ]


def test_numbers_inside_a_line_begin_clauses_too():
    assert places("一、补贴标准如下：1.省内500元；2.省外1000元。") == ["一1", "一2"]


def test_a_decimal_is_no_number_of_a_clause():
    assert places("一、比例为1.5%。\n1.5倍以上的给予奖励。") == ["一"]


def test_a_text_without_numbers_is_split_into_sentences():
    found = clauses_of("每人补贴1000元。每年一次。\n自印发之日起施行。")
    assert [(clause.place, clause.text) for clause in found] == [
        ("第1句", "每人补贴1000元。"),
        ("第2句", "每年一次。"),
        ("第3句", "自印发之日起施行。"),
    ]


def test_nothing_is_found_in_nothing():
    assert clauses_of(" \n　\n") == []


def test_headings_are_remembered_and_are_no_clauses():
    (clause,) = clauses_of("五、大学生帮扶\n(一)给予求职补贴。")
    assert (clause.place, clause.headings) == ("五(一)", ("大学生帮扶",))


@pytest.mark.parametrize(
    "text",
    ["一、给予补贴。(责任单位:州人社局、州残联)", "一、给予补贴。\n州人社局、州残联，各县市人民政府按职责分工负责。"],
)
def test_the_responsible_units_stand_apart_from_the_words(text):
    (clause,) = clauses_of(text)
    assert clause.text == "给予补贴。"
    assert clause.responsible.startswith("州人社局、州残联")


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: f"{offer.document} {offer.clause} {offer.scheme}")
def test_every_clause_on_record_stands_in_a_clause_of_the_split_text(offer):
    found = [one for one in clauses_of(DOCUMENTS[offer.document]) if squeezed(offer.text) in squeezed(one.text)]
    assert found
    if offer.document in NUMBERED and not offer.clause.startswith("工作要求"):
        assert offer.clause in [one.place for one in found]


@pytest.mark.parametrize("code", DOCUMENTS)
def test_every_clause_is_word_for_word_of_the_document(code):
    for clause in clauses_of(DOCUMENTS[code]):
        assert squeezed(clause.text) in squeezed(DOCUMENTS[code])


# ------------------------------------------------------------------ comparing

OLD = OnRecord("530000", "grad-jobseeking", "省方案", "五(一)", "对残疾人高校毕业生给予一次性求职补贴，每人1000元。")
OTHER = OnRecord("530000", "tobacco-spacing", "省方案", "二(五)", "烟草零售点间距放宽至标准的百分之七十。")


def test_the_most_similar_clause_on_record_is_found_with_its_ratio():
    match = Record([OTHER, OLD]).best("对残疾人高校毕业生给予一次性求职补贴,每人1500元。")
    assert match.clause == OLD
    assert match.percent > 90


def test_a_sentence_of_a_long_clause_is_compared_by_itself():
    match = Record([OLD]).best(f"加强组织领导，各司其职，各负其责。{OLD.text}每年十二月底前报告进展情况和存在的问题。")
    assert (match.ratio, match.text) == (1.0, OLD.text)


def test_a_sentence_of_a_long_clause_on_record_is_found_too():
    long = OnRecord(
        "220000", "grad-jobseeking", "省方案", "5", f"完善高校协同机制，加强信息共享。{OLD.text}开展岗位推介。"
    )
    match = Record([OTHER, long]).best(OLD.text)
    assert (match.clause, match.ratio, match.before) == (long, 1.0, OLD.text)


def test_nothing_like_it_is_said_as_nothing():
    assert Record([OLD]).best("本办法由州残联负责解释。") is None
    assert Record([]).best("对残疾人给予补贴。") is None


def test_full_and_half_width_signs_are_the_same():
    assert ratio("（一）每人1000元；", "(一)每人１０００元;") == 1.0


def test_differences_are_told_as_added_and_removed():
    found = [(piece.kind, piece.text) for piece in differences("每人1000元。", "每人1500元，每年一次。")]
    assert found == [
        ("same", "每人1"), ("removed", "0"), ("added", "5"), ("same", "00元"), ("added", ",每年一次"), ("same", "。"),
    ]  # fmt: skip
    assert "".join(text for kind, text in found if kind != "removed") == "每人1500元,每年一次。"
