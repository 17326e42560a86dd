"""Uploads stay in memory: no paper with personal data lies on a disk in clear, and no request fills the machine."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# All files of one request together: this many of the largest that are allowed.
FILES_AT_ONCE = 8


class BoundedUploadHandler(FileUploadHandler):
    """Keeps one byte more of a file than UPLOAD_MAX_BYTES allows: enough to refuse it, never the whole of it.

    Raises RequestDataTooBig (answered 400) when the files of one request are too large together.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.most = settings.UPLOAD_MAX_BYTES
        self.room = self.most * FILES_AT_ONCE

    def new_file(self, *arguments: Any, **options: Any) -> None:
        """A file begins."""
        super().new_file(*arguments, **options)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Some of it has come."""
        self.room -= len(raw_data)
        if self.room < 0:
            raise RequestDataTooBig("the files of this request are too large together")
        self.file.write(raw_data[: max(self.most + 1 - self.file.tell(), 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """All of it has come."""
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
