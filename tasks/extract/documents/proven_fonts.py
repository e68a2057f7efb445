"""The fonts of a PDF, as far as the file proves what their glyphs mean.

A code is no character: which one its glyph shows, a table (``ToUnicode``), a standard encoding or a glyph's name says.
pdfminer guesses where none of them does; here such a glyph has no meaning, and is an object to whoever reads it.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO

from pdfminer.cmapdb import CMapBase, CMapParser, FileCMap, IdentityCMap, IdentityUnicodeMap, UnicodeMap
from pdfminer.encodingdb import EncodingDB, name2unicode
from pdfminer.pdffont import PDFCIDFont, PDFFont, PDFSimpleFont, PDFType1Font, PDFType3Font, TrueTypeFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral

from warehouse.characters import folded

_SYMBOLIC = 0b100
"""The flag of a font whose glyphs are not those of the standard Latin characters (ISO 32000, table 121)."""
_SIGNS = ("ZapfDingbats", "Wingdings", "Webdings", "Symbol")
"""Fonts whose codes of letters and digits show other signs."""
_PROGRAMS = ("FontFile", "FontFile2", "FontFile3")
_IDENTITY = ("Adobe-Identity", "Adobe-UCS")


class ProvenFonts(PDFResourceManager):
    """Takes from every font what is no more than a guess."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return the font of a specification."""
        if objid and objid in self._cached_fonts:
            return self._cached_fonts[objid]
        font = super().get_font(objid, spec)
        if isinstance(font, PDFSimpleFont):
            _prove_simple(font, spec)
        elif isinstance(font, PDFCIDFont) and getattr(spec.get("Subtype"), "name", "") != "Type0":
            _prove_composite(font, spec)
        return font


def _prove_simple(font: PDFSimpleFont, spec: Mapping[str, object]) -> None:
    """Keep of a font's encoding what is proven, and drop from its table what the names of its glyphs contradict.

    The glyphs of a font that does not stand in the file are those that its encoding names.
    """
    encoding = resolve1(spec.get("Encoding"))
    names = dict(_names(resolve1(encoding.get("Differences")) or [])) if isinstance(encoding, dict) else {}
    base = encoding.get("BaseEncoding") if isinstance(encoding, dict) else encoding
    meanings = {code: _meaning(name) for code, name in names.items()}
    kept = font.cid2unicode if _is_proven(font, spec, resolve1(base)) else {}
    if not _has_own_glyphs(spec):
        meanings = {**kept, **meanings}
    font.cid2unicode = {code: text for code, text in {**kept, **meanings}.items() if text}
    if isinstance(font, PDFType3Font):
        font.cid2unicode = {}
    if font.unicode_map is not None:
        for code in _drop_contradicted(font.unicode_map, meanings):
            font.cid2unicode.pop(code, None)


def _names(differences: list[object]) -> Iterator[tuple[int, str | bytes]]:
    """Yield the codes of an encoding's differences with the names of their glyphs."""
    code = 0
    for entry in map(resolve1, differences):
        if isinstance(entry, int):
            code = entry
        elif isinstance(entry, PSLiteral):
            yield code, entry.name
            code += 1


def _meaning(name: str | bytes) -> str:
    try:
        return name2unicode(name) if isinstance(name, str) else ""
    except (KeyError, ValueError):
        return ""


def _is_proven(font: PDFSimpleFont, spec: Mapping[str, object], base: object) -> bool:
    """Tell whether the codes of a font that its differences do not name are those of a standard encoding."""
    descriptor = resolve1(spec.get("FontDescriptor")) or {}
    name = str(getattr(spec.get("BaseFont"), "name", "")).partition("+")[2] or str(getattr(font, "basefont", ""))
    if name.startswith(_SIGNS):
        return False
    if getattr(base, "name", "") in EncodingDB.encodings:
        return True
    is_read = isinstance(font, PDFType1Font) and "FontFile" in descriptor and "Encoding" not in spec
    return is_read or not _has_own_glyphs(spec) or not int(resolve1(descriptor.get("Flags")) or 0) & _SYMBOLIC


def _has_own_glyphs(spec: Mapping[str, object]) -> bool:
    descriptor = resolve1(spec.get("FontDescriptor")) or {}
    return "CharProcs" in spec or any(part in descriptor for part in _PROGRAMS)


def _prove_composite(font: PDFCIDFont, spec: Mapping[str, object]) -> None:
    """Read an encoding that stands in the file; drop tables that are guesses, and entries that the font contradicts."""
    encoding = resolve1(spec.get("Encoding"))
    is_read = True
    if not isinstance(font.cmap, IdentityCMap) and not getattr(font.cmap, "code2cid", None):
        is_read = isinstance(encoding, PDFStream)
        font.cmap = _embedded(encoding) if isinstance(encoding, PDFStream) else IdentityCMap()
    gids = resolve1(spec.get("CIDToGIDMap"))
    is_moved = isinstance(gids, PDFStream)
    has_table = isinstance(resolve1(spec.get("ToUnicode")), PDFStream)
    is_identity = isinstance(font.unicode_map, IdentityUnicodeMap) and not is_moved
    is_guess = not has_table and font.cidcoding in _IDENTITY and "ToUnicode" not in spec and is_moved
    if not is_read or is_identity or is_guess:
        font.unicode_map = None
    table, own = font.unicode_map, _own_table(font, spec)
    if has_table and not is_moved and table is not None and own is not None:
        _drop_contradicted(table, own.cid2unichr)


def _embedded(stream: PDFStream) -> CMapBase:
    """Return the encoding that stands in a file, or the plain one of two bytes a code if it cannot be read."""
    read = FileCMap()
    parent = resolve1(stream.get("UseCMap"))
    CMapParser(read, BytesIO(stream.get_data())).run()
    return read if read.code2cid and parent is None else IdentityCMap()


def _own_table(font: PDFCIDFont, spec: Mapping[str, object]) -> UnicodeMap | None:
    """Return the table of characters within a TrueType font, if it has one."""
    program = resolve1((resolve1(spec.get("FontDescriptor")) or {}).get("FontFile2"))
    if not isinstance(program, PDFStream):
        return None
    try:
        own = TrueTypeFont(font.basefont, BytesIO(program.get_data())).create_unicode_map()
    except Exception:  # a font without a table, or a damaged one, contradicts nothing
        return None
    return own


def _contradict(one: str, other: str) -> bool:
    """Tell whether two meanings of a glyph differ where one of them is a figure."""
    first, second = folded(one), folded(other)
    return bool(first and second and first != second and any(map(str.isdigit, first + second)))


def _drop_contradicted(table: UnicodeMap, meanings: Mapping[int, str]) -> list[int]:
    """Drop from a table the codes of which something else says another figure; return them."""
    known = table.cid2unichr
    codes = [code for code, text in meanings.items() if code in known and _contradict(text, known[code])]
    for code in codes:
        del known[code]
    return codes
