"""Files with personal data in the storage."""

from pathlib import Path

import pytest

from people import sealed_files, vault

PLAIN = "%PDF-1.7 李䶮 532524199901010017".encode()


@pytest.fixture
def key(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return vault.new_data_key()


def test_bytes_come_back(key):
    name = sealed_files.put("attachments", key, PLAIN, "attachment:1")

    assert sealed_files.get(name, key, "attachment:1") == PLAIN


def test_stored_file_shows_nothing(key, tmp_path):
    name = sealed_files.put("attachments/2026", key, PLAIN, "attachment:1")

    assert PLAIN[:8] not in Path(tmp_path, name).read_bytes()


def test_names_are_random(key):
    names = {sealed_files.put("attachments", key, PLAIN, "attachment:1") for _turn in range(3)}

    assert len(names) == 3
    assert all(name.startswith("attachments/") for name in names)


def test_file_of_another_row_does_not_open(key):
    name = sealed_files.put("attachments", key, PLAIN, "attachment:1")

    with pytest.raises(vault.Undecipherable):
        sealed_files.get(name, key, "attachment:2")


@pytest.mark.parametrize("prefix", ["", "/etc", "../up", "李四", "a/../b", "a/"])
def test_folders_are_our_own_words(key, prefix):
    with pytest.raises(ValueError, match="folder"):
        sealed_files.put(prefix, key, PLAIN, "attachment:1")


def test_removed_file_is_gone_and_removing_again_is_no_error(key):
    name = sealed_files.put("attachments", key, PLAIN, "attachment:1")
    sealed_files.remove(name)
    sealed_files.remove(name)

    with pytest.raises(FileNotFoundError):
        sealed_files.get(name, key, "attachment:1")
