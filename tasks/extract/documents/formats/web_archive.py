"""MHT, the single-file web page that Word and browsers save → the page in it."""

import re
from email import message_from_bytes
from email.policy import default

from tasks.extract.documents.file import Container, Evidence, File

_HEADERS = re.compile(rb"\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){1,20}")
_WITHIN = 4096
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)


def recognise(file: File) -> Evidence:
    """Tell by the headers of a message with parts, before anything else."""
    match = _HEADERS.match(file.data[:_WITHIN])
    headers = match[0].lower() if match else b""
    is_archive = b"mime-version:" in headers and (b"multipart/" in headers or b"text/html" in headers)
    return Evidence.SIGNATURE if is_archive else Evidence.NONE


def unpack(file: File) -> list[File]:
    """Return that page of the archive, among the first and its frames, in which most cells of tables stand."""
    pages = []
    for part in message_from_bytes(file.data.lstrip(), policy=default).walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(page, bytes):
            pages.append(File(page, str(part.get("Content-Type", "text/html"))))
    return [max(pages, key=lambda page: len(_CELL.findall(page.text)))] if pages else []


FORMAT = Container(recognise, unpack)
