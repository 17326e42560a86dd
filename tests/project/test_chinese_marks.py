"""Chinese inside an English text says that it is Chinese, and nothing of the text becomes markup."""

import pytest

from project.templatetags.zhida import chinese_marked


def marked(text):
    return f'<span lang="zh-Hans">{text}</span>'


@pytest.mark.parametrize("text", ["Basis: none.", "", "1000.00 yuan (47)"])
def test_a_text_without_chinese_stays_as_it_is(text):
    assert chinese_marked(text) == text


@pytest.mark.parametrize("run", ["欧阳𬱖", "红政办发〔2025〕47号", "阿苦·木呷", "中"])
def test_a_run_is_marked_with_the_signs_inside_it(run):
    assert chinese_marked(f"Dear {run}, 5 days") == f"Dear {marked(run)}, 5 days"


def test_runs_are_marked_one_by_one():
    assert chinese_marked("甲 and 乙") == f"{marked('甲')} and {marked('乙')}"


def test_the_rest_is_escaped():
    assert chinese_marked("<b>甲</b>") == f"&lt;b&gt;{marked('甲')}&lt;/b&gt;"
