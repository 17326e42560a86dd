"""What lists show of names and numbers."""

import pytest

from people.masking import masked_account, masked_id, masked_name, masked_phone


@pytest.mark.parametrize(
    "name, shown",
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),
        ("阿依古丽·买买提", "阿**"),
        ("𬱖明", "𬱖*"),
        ("张", "张*"),
        ("", ""),
    ],
)
def test_names_keep_the_family_name_alone(name, shown):
    assert masked_name(name) == shown


def test_id_keeps_area_and_last_four():
    assert masked_id("532524199901010017") == "532524********0017"


def test_id_of_unusual_length_keeps_the_last_four_alone():
    assert masked_id("532524990101001") == "****1001"


@pytest.mark.parametrize(
    "number, shown", [("13812341234", "138****1234"), ("0873-3720012", "0873-****12"), ("110", "****")]
)
def test_telephones_hide_the_middle(number, shown):
    assert masked_phone(number) == shown


def test_account_keeps_the_last_four_and_hides_its_length():
    assert masked_account("6217003600012345672") == "****5672"
