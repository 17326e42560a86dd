"""A letter cites the clause it rests on, and a paragraph that would say nothing is left out."""

import pytest

from papers import reading
from papers.models import Paper
from schemes.letters import fill_body
from schemes.texts import LocalText
from tests import world

TEXT = LocalText(
    zh="理由：{reason}\n\n依据：{document}{clause}。\n\n谢谢。", en="{reason}\n\nBasis: {document} {clause}.\n\nThanks."
)


@pytest.mark.django_db
def test_a_notice_of_non_acceptance_names_document_and_clause():
    case = world.grant().submit().say("not_accept", text="不属于本事项的受理范围。")
    said = reading.content(Paper.objects.get(case_ref=case.public_id, kind="not_accepted")).opening
    [basis] = [part for part in said if part.startswith("依据：")]
    assert "〔" in basis
    assert not basis.startswith("依据：。")


def test_a_paragraph_whose_variables_are_all_empty_is_left_out():
    said = fill_body(TEXT, {"reason": "超过期限", "document": "", "clause": ""})
    assert said.zh == "理由：超过期限\n\n谢谢。"
    assert said.en == "超过期限\n\nThanks."


def test_one_variable_with_a_value_keeps_the_paragraph():
    assert "依据：红政办发1号。" in fill_body(TEXT, {"reason": "", "document": "红政办发1号", "clause": ""}).zh
