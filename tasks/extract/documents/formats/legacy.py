"""Legacy DOC, XLS, WPS and RTF, XML of Office 2003 and OpenDocument → document, by way of LibreOffice, if installed."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tasks.extract.documents.document import Document, UnreadableDocumentError
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.formats import word, workbook
from tasks.extract.documents.open_document import without_hidden_sections

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What legacy DOC and XLS files, and encrypted OOXML packages, begin with."""
_RICH_TEXT = b"{\\rtf"
_OPEN_DOCUMENT = re.compile(rb"application/vnd\.oasis\.opendocument\.(spreadsheet|text)\b")
_OFFICE_XML = re.compile(
    rb"<(?:w:wordDocument|pkg:package|(?:\w+:)?(?P<sheet>Workbook))\b[^>]*[\"'](?:"
    rb"http://schemas\.microsoft\.com/office/(?:word/2003/wordml|2006/xmlPackage)"
    rb"|urn:schemas-microsoft-com:office:spreadsheet)[\"']"
)
"""The root of a document that Office wrote as one file of XML, whatever the file's name ends in."""
_BEGINNING = 8192
_CONVERSION_SECONDS = 90


def recognise(file: File) -> Evidence:
    """Tell by the first bytes, and an OpenDocument by the kind that it names."""
    if _open_document(file) or _office_xml(file):
        return Evidence.CONTENT
    return Evidence.SIGNATURE if file.data.startswith((_COMPOUND_FILE, _RICH_TEXT)) else Evidence.NONE


def read_legacy(file: File) -> Document:
    """Read such a file by converting it."""
    if "EncryptedPackage".encode("utf-16-le") in file.data:
        raise UnreadableDocumentError("encrypted_file", "The document is protected by a password.")
    if kind := _open_document(file):
        is_sheet = kind == "spreadsheet"
        suffix = ("ods" if is_sheet else "odt") if file.is_package else ("fods" if is_sheet else "fodt")
    elif root := _office_xml(file):
        is_sheet, suffix = root["sheet"] is not None, "xml"
    elif file.data.startswith(_RICH_TEXT):
        is_sheet, suffix = False, "rtf"
    else:
        is_sheet = "Workbook".encode("utf-16-le") in file.data
        suffix = "xls" if is_sheet else "doc"
    if is_sheet:
        return workbook.FORMAT.read(_converted(file, suffix, "xlsx"))
    if suffix in ("odt", "fodt"):
        file = File(without_hidden_sections(file.data, file.is_package))
    return word.FORMAT.read(_converted(file, suffix, "docx"))


def _open_document(file: File) -> str:
    """Return the kind of an OpenDocument, as its first part or the attribute of its root names it."""
    if file.is_package:
        named = file.package.part("mimetype") if "mimetype" in file.package.names else b""
    else:
        named = file.data[:_BEGINNING] if b"office:mimetype" in file.data[:_BEGINNING] else b""
    kind = _OPEN_DOCUMENT.search(named)
    return kind[1].decode() if kind else ""


def _office_xml(file: File) -> re.Match[bytes] | None:
    beginning = file.data[:_BEGINNING]
    return _OFFICE_XML.search(beginning) if b"schemas" in beginning else None


def _converted(file: File, suffix: str, wanted: str) -> File:
    converter = shutil.which("soffice") or shutil.which("libreoffice")
    if converter is None:
        raise UnreadableDocumentError(
            "converter_missing", f"A {suffix} file needs LibreOffice (soffice), which is not installed."
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"report.{suffix}")
        source.write_bytes(file.data)
        command = [converter, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", wanted, "--outdir", str(Path(folder, "converted")), str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_CONVERSION_SECONDS)  # noqa: S603
            return File(Path(folder, "converted", f"report.{wanted}").read_bytes())
        except (subprocess.SubprocessError, OSError) as error:
            raise UnreadableDocumentError(
                "damaged_file", f"LibreOffice could not convert the file: {error}."
            ) from error


FORMAT = Format(recognise, read_legacy)
