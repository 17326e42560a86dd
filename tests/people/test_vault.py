"""Encryption of personal data, its keys and its indexes."""

import base64
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people import vault
from people.models import DataKey

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OLD, NEW = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


@pytest.fixture
def key():
    return vault.new_data_key()


@pytest.fixture
def saved_key(db, key):
    key.save()
    return key


@given(st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_comes_back(key, text):
    assert vault.decrypt(key, vault.encrypt(key, text, "case:1"), "case:1") == text


def test_value_moved_to_another_place_does_not_open(key):
    blob = vault.encrypt(key, "532524199901010017", "person:1:id")

    with pytest.raises(vault.Undecipherable):
        vault.decrypt(key, blob, "person:2:id")


def test_value_of_another_key_does_not_open(key):
    blob = vault.encrypt(key, "text", "case:1")

    with pytest.raises(vault.Undecipherable):
        vault.decrypt(vault.new_data_key(), blob, "case:1")


@pytest.mark.parametrize("place", [0, 1, 13, -1])
def test_damaged_value_does_not_open(key, place):
    blob = bytearray(vault.encrypt(key, "text", "case:1"))
    blob[place] ^= 1

    with pytest.raises(vault.Undecipherable):
        vault.decrypt(key, bytes(blob), "case:1")


@pytest.mark.parametrize("blob", [b"", b"\x01", b"\x01short"])
def test_what_was_never_sealed_does_not_open(key, blob):
    with pytest.raises(vault.Undecipherable):
        vault.decrypt(key, blob, "case:1")


def test_equal_texts_look_different_when_sealed(key):
    assert vault.encrypt(key, "text", "case:1") != vault.encrypt(key, "text", "case:1")


def test_clear_text_does_not_show(key):
    assert b"532524199901010017" not in vault.encrypt(key, "532524199901010017", "case:1")


def test_structures_come_back_with_dates_and_amounts_as_strings(key):
    value = {"born": date(1999, 1, 1), "wage": Decimal("1000.50"), "names": ["李䶮", None, True, 3]}

    opened = vault.decrypt_json(key, vault.encrypt_json(key, value, "case:1"), "case:1")

    assert opened == {"born": "1999-01-01", "wage": "1000.50", "names": ["李䶮", None, True, 3]}


def test_binary_fractions_are_refused(key):
    with pytest.raises(TypeError):
        vault.encrypt_json(key, {"household": [{"wage": 1000.1}]}, "case:1")


def test_destroyed_key_opens_nothing(saved_key):
    blob = vault.encrypt(saved_key, "text", "case:1")
    vault.destroy(saved_key, AT)

    with pytest.raises(vault.KeyDestroyed):
        vault.decrypt(DataKey.objects.get(pk=saved_key.pk), blob, "case:1")


def test_destroyed_key_seals_nothing(saved_key):
    vault.destroy(saved_key, AT)

    with pytest.raises(vault.KeyDestroyed):
        vault.encrypt(saved_key, "text", "case:1")


def test_destroying_leaves_no_key_and_keeps_the_first_time(saved_key):
    vault.destroy(saved_key, AT)
    vault.destroy(saved_key, AT.replace(year=2027))

    row = DataKey.objects.get(pk=saved_key.pk)
    assert (bytes(row.wrapped), row.destroyed_at) == (b"", AT)


@pytest.fixture
def rotated(saved_key, settings):
    """A value sealed under master key 1, after master key 2 became current."""
    settings.VAULT_MASTER_KEYS, settings.VAULT_MASTER_VERSION = {1: OLD}, 1
    key = vault.new_data_key()
    key.save()
    blob = vault.encrypt(key, "text", "case:1")
    settings.VAULT_MASTER_KEYS, settings.VAULT_MASTER_VERSION = {1: OLD, 2: NEW}, 2
    return key, blob


def test_rotation_rewraps_the_key_and_leaves_values_alone(rotated, settings):
    key, blob = rotated

    assert vault.rewrap(key)
    settings.VAULT_MASTER_KEYS = {2: NEW}
    row = DataKey.objects.get(pk=key.pk)
    assert (row.master_version, vault.decrypt(row, blob, "case:1")) == (2, "text")


def test_rotation_leaves_current_and_destroyed_keys_alone(rotated):
    key, _blob = rotated
    vault.rewrap(key)
    gone = vault.new_data_key()
    gone.save()
    vault.destroy(gone, AT)

    assert (vault.rewrap(key), vault.rewrap(gone)) == (False, False)


def test_missing_master_key_is_a_fault_of_the_settings(rotated, settings):
    key, blob = rotated
    settings.VAULT_MASTER_KEYS = {2: NEW}

    with pytest.raises(ImproperlyConfigured, match="version 1"):
        vault.decrypt(key, blob, "case:1")


@pytest.mark.parametrize("encoded", ["not base64!", base64.b64encode(b"short").decode()])
def test_unusable_master_key_is_a_fault_of_the_settings(settings, encoded):
    settings.VAULT_MASTER_KEYS, settings.VAULT_MASTER_VERSION = {1: encoded}, 1

    with pytest.raises(ImproperlyConfigured):
        vault.new_data_key()


def test_wrapped_key_copied_into_another_row_does_not_open(key):
    other = vault.new_data_key()
    other.wrapped = key.wrapped

    with pytest.raises(vault.Undecipherable):
        vault.encrypt(other, "text", "case:1")


def test_index_finds_a_value_however_it_was_typed():
    assert vault.blind_index("id", "５３２５２４ 19990101001x") == vault.blind_index("id", "53252419990101001X")


def test_index_keeps_kinds_apart():
    assert vault.blind_index("id", "532524199901010017") != vault.blind_index("account", "532524199901010017")


def test_index_depends_on_its_key(settings):
    before = vault.blind_index("id", "532524199901010017")
    settings.VAULT_INDEX_KEY = NEW

    assert vault.blind_index("id", "532524199901010017") != before


def test_index_is_64_hex_digits():
    assert len(bytes.fromhex(vault.blind_index("phone", "13812345678"))) == 32


@pytest.mark.parametrize("kind", ["", "ID", "id number"])
def test_index_refuses_kinds_that_are_no_words(kind):
    with pytest.raises(ValueError, match="kind"):
        vault.blind_index(kind, "1")
