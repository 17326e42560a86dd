"""Long files sealed frame by frame: the same bytes back, nothing in clear on disk, no frame lost or exchanged."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from people import sealed_streams, vault

pytestmark = pytest.mark.django_db
FOLDER, CONTEXT = "archives", "package:1"


@pytest.fixture
def key():
    key = vault.new_data_key()
    key.save()
    return key


def written(key, *parts):
    with sealed_streams.writing(FOLDER, key, CONTEXT) as writer:
        for part in parts:
            writer.write(part)
    return writer.name


def read(name, key, context=CONTEXT):
    return b"".join(sealed_streams.reading(name, key, context))


def stored(name):
    with default_storage.open(name) as sealed:
        return sealed.read()


def frames(name):
    blob, found = stored(name), []
    while blob:
        end = sealed_streams.LENGTH + int.from_bytes(blob[: sealed_streams.LENGTH], "big")
        found.append(blob[:end])
        blob = blob[end:]
    return found


@pytest.mark.parametrize("size", [0, 1, sealed_streams.FRAME, sealed_streams.FRAME + 1, 3 * sealed_streams.FRAME])
def test_what_was_written_is_read_back(key, size):
    plain = b"\x07" * size
    assert read(written(key, plain[: size // 3], plain[size // 3 :]), key) == plain


def test_nothing_is_on_disk_in_clear(key):
    assert b"secret" not in stored(written(key, b"secret" * 9))


@pytest.mark.parametrize(
    "spoil", [lambda f: f[:-1], lambda f: [f[1], f[0], f[2]], lambda f: f[1:], lambda f: [*f, f[2]]]
)
def test_frames_left_out_exchanged_or_repeated_do_not_open(key, spoil):
    whole = frames(written(key, b"\x07" * (2 * sealed_streams.FRAME + 5)))
    name = default_storage.save("archives/spoilt.sealed", ContentFile(b"".join(spoil(whole))))
    with pytest.raises(vault.Undecipherable):
        read(name, key)


def test_a_file_opens_in_its_own_place_alone(key):
    with pytest.raises(vault.Undecipherable):
        read(written(key, b"x"), key, "package:2")


def test_what_fails_leaves_nothing_behind(key, monkeypatch):
    saved = []
    monkeypatch.setattr(default_storage, "save", lambda *args: saved.append(args))
    with pytest.raises(TypeError), sealed_streams.writing(FOLDER, key, CONTEXT) as writer:
        writer.write("no bytes")
    assert saved == []
