"""Files that a visitor sends: counted while they come, kept in memory only, refused where they are too much."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from explorer.errors import ToldError
from tasks.extract.documents.file import File
from warehouse.text import Text

MOST_FILES = 7
LARGEST_FILE = 10_000_000
MOST_BYTES = 30_000_000
_FRAME_BYTES = 100_000
"""What a form takes beside its files."""

_NOTHING = b"\0 \t\r\n\xef\xbb\xbf"
_SIGNATURES = (b"PK", b"\xd0\xcf\x11\xe0")
"""How packages (DOCX, XLSX) and the older files of Office begin."""


class UploadError(ToldError):
    """What was sent cannot be taken; the message says why, in one line."""


@dataclass(frozen=True)
class Upload:
    """A file by the name it had with the visitor, without folders."""

    name: str
    body: bytes


class _InMemory(MultiPartParser):
    """A parser of forms that puts no file on the disk, however large."""

    spool_max_size = MOST_BYTES + _FRAME_BYTES


async def received(request: Request) -> list[Upload]:
    """Take the files of a form. Raises :class:`UploadError`."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UploadError(
            Text("请用表单送文件（multipart/form-data）", "send files as a form does: multipart/form-data")
        )
    try:
        parser = _InMemory(request.headers, _counted(request.stream()), max_files=MOST_FILES, max_fields=1)
        form = await parser.parse()
    except MultiPartException as error:
        raise UploadError(
            Text(f"读不出所送的表单；文件至多 {MOST_FILES} 份", f"{error.message} (at most {MOST_FILES} files)")
        ) from error
    files = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    uploads = [Upload(_name(each.filename or ""), await each.read()) for each in files]
    await form.close()
    if not uploads:
        raise UploadError(Text("没有选文件；请选一至七份", "there is no file in it; choose one to seven"))
    for upload in uploads:
        if len(upload.body) > LARGEST_FILE:
            most = LARGEST_FILE // 1_000_000
            raise UploadError(
                Text(f"{upload.name}：超过 {most} MB，不收", f"{upload.name}: more than {most} MB are not taken")
            )
        if not upload.body.strip(_NOTHING):
            raise UploadError(Text(f"{upload.name}：文件是空的", f"{upload.name}: the file is empty"))
        if not _may_be_read(upload.body):
            raise UploadError(
                Text(
                    f"{upload.name}：不是可以读取的文件；请送网页、DOCX、PDF、XLSX 或文本",
                    f"{upload.name}: no file that can be read; send a page, DOCX, PDF, XLSX or text",
                )
            )
    return uploads


def _may_be_read(body: bytes) -> bool:
    """Whether the first bytes are those of a text or of a format that is read; all else is told by the child."""
    return File(body).is_text or body.startswith(_SIGNATURES) or b"%PDF-" in body[:1024]


async def _counted(stream: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    """Pass a body on as it comes, and stop it where it is more than may be sent, whatever its header says."""
    count = 0
    async for chunk in stream:
        count += len(chunk)
        if count > MOST_BYTES + _FRAME_BYTES:
            most = MOST_BYTES // 1_000_000
            raise UploadError(Text(f"一次至多收 {most} MB", f"more than {most} MB at once are not taken"))
        yield chunk


def _name(filename: str) -> str:
    return filename.replace("\\", "/").rpartition("/")[2][:200] or "file"
