"""The pictures of the documentation: the explorer's charts of the sample warehouse, light and dark."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from explorer.pictures import SCHEMES, picture
from explorer.snapshots import Snapshots
from samples.city import CITY
from samples.cookbook import YEARS
from samples.warehouse import build

_SHOWN: tuple[tuple[str, str, list[tuple[str, str]]], ...] = (
    ("quality", "en", []),
    ("outcomes", "en", [("organ", f"{CITY}人民政府")]),
)


def pictures(snapshot: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the SVG of every picture, drawn from a snapshot."""
    snapshots = Snapshots(snapshot, cursors=1)
    with snapshots.reading() as (_, lease):
        for name, lang, asked in _SHOWN:
            for scheme in SCHEMES:
                yield f"{name}-{scheme}.svg", picture(name, "svg", lang, [*asked, ("scheme", scheme)], lease)
    snapshots.close()


def write_pictures(directory: Path) -> None:
    """Draw every picture into a folder, from a sample warehouse made for it."""
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, svg in pictures(build(Path(folder), YEARS).path):
            (directory / name).write_bytes(svg)
