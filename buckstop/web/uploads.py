"""How files come in: no more of them onto the disk than one form may bring."""

from io import BytesIO
from typing import override

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from buckstop.records.evidence.limits import MOST_FILES


class Crowd(FileUploadHandler):
    """Lets in what may come; of the rest only the names, so that the words beside it are read."""

    came = 0

    @override
    def new_file(
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        """Count one more."""
        super().new_file(
            field_name, file_name, content_type, content_length, charset, content_type_extra
        )
        self.came += 1
        if self._is_over:
            raise StopFutureHandlers

    @property
    def _is_over(self) -> bool:
        return self.came > MOST_FILES

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass on what may come in."""
        return None if self._is_over else raw_data

    @override
    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        """Leave the name of what was not let in."""
        del file_size
        if not self._is_over:
            return None
        return InMemoryUploadedFile(BytesIO(), self.field_name, self.file_name, None, 0, None)
