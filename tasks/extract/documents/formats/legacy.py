"""Legacy DOC, XLS, WPS and RTF → document, by way of LibreOffice where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from tasks.extract.documents.document import Document, UnreadableDocumentError
from tasks.extract.documents.file import Evidence, File, Format
from tasks.extract.documents.formats import word, workbook

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What legacy DOC and XLS files, and encrypted OOXML packages, begin with."""
_RICH_TEXT = b"{\\rtf"
_CONVERSION_SECONDS = 90


def recognise(file: File) -> Evidence:
    """Tell by the first bytes."""
    return Evidence.SIGNATURE if file.data.startswith((_COMPOUND_FILE, _RICH_TEXT)) else Evidence.NONE


def read_legacy(file: File) -> Document:
    """Read a legacy file by converting it."""
    if "EncryptedPackage".encode("utf-16-le") in file.data:
        raise UnreadableDocumentError("encrypted_file", "The document is protected by a password.")
    if file.data.startswith(_RICH_TEXT):
        return word.FORMAT.read(_converted(file, "rtf", "docx"))
    if "Workbook".encode("utf-16-le") in file.data:
        return workbook.FORMAT.read(_converted(file, "xls", "xlsx"))
    return word.FORMAT.read(_converted(file, "doc", "docx"))


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
