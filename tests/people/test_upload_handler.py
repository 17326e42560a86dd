"""Uploads stay in memory and within bounds."""

import io

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from people.upload_handler import FILES_AT_ONCE


def uploaded(*sizes):
    """The files of a request that sent files of these sizes."""
    files = {f"file{number}": SimpleUploadedFile("a.bin", b"x" * size) for number, size in enumerate(sizes)}
    return list(RequestFactory().post("/", files).FILES.values())


@pytest.fixture(autouse=True)
def _small_limit(settings):
    settings.UPLOAD_MAX_BYTES = 100_000


def test_a_file_comes_whole_and_in_memory():
    (file,) = uploaded(99_999)
    assert isinstance(file, InMemoryUploadedFile)
    assert isinstance(file.file, io.BytesIO)
    assert file.read() == b"x" * 99_999


def test_of_a_file_that_is_too_large_only_the_beginning_is_kept():
    (file,) = uploaded(300_000)
    assert file.size == 300_000
    assert len(file.read()) == 100_001


def test_an_empty_file_is_a_file():
    (file,) = uploaded(0)
    assert file.size == 0


def test_files_that_are_too_large_together_end_the_request():
    with pytest.raises(RequestDataTooBig):
        uploaded(*[100_000] * (FILES_AT_ONCE + 1))
