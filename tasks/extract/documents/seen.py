"""What a reader sees of a text whose parts are not all plain: raised, lowered, struck, or objects that are no text.

Every format tells its own way what is raised or struck; what is hidden, no format hands on.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple

OBJECT = "\ufffc"
"""Unicode's sign for an object among characters: a picture, an equation, a form field, a text set in another order.
A reader sees something there; what it says is not read, so that a figure with it is unreadable."""

_RAISED = dict(zip(map(ord, "0123456789+-=()（）"), map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾⁽⁾"), strict=True))
_LOWERED = dict(zip(map(ord, "0123456789+-=()（）"), map(ord, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₍₎"), strict=True))


class Manner(Enum):
    """How a part of a text is set."""

    PLAIN = auto()
    RAISED = auto()
    LOWERED = auto()
    STRUCK = auto()


class Run(NamedTuple):
    """A part of a text."""

    text: str
    manner: Manner


def as_seen(runs: Sequence[Run]) -> str:
    """Write what a reader takes from a cell.

    Struck text is gone, but where nothing else stands: then it is kept between tildes, as Markdown writes it. Raised
    and lowered text is a note, written in Unicode's raised and lowered characters (``148¹``, ``148⁽注⁾``); where
    nothing else stands, it is plain.
    """
    kept = [run for run in runs if run.manner is not Manner.STRUCK]
    if not any(run.text.strip() for run in kept):
        struck = "".join(run.text for run in runs if run.manner is Manner.STRUCK).strip()
        return f"~~{struck}~~" if struck else ""
    has_plain = any(run.manner is Manner.PLAIN and run.text.strip() for run in kept)
    return "".join(_note(run) if has_plain else run.text for run in kept).strip()


def without_asides(runs: Sequence[Run]) -> str:
    """Write what a sentence says: struck text is gone, and so are notes, but where nothing else stands."""
    plain = "".join(run.text for run in runs if run.manner is Manner.PLAIN)
    return plain if plain.strip() else "".join(run.text for run in runs if run.manner is not Manner.STRUCK)


def is_struck(text: str) -> bool:
    """Tell whether all that stands in a cell is struck."""
    return text.startswith("~~") and text.endswith("~~")


def _note(run: Run) -> str:
    if run.manner is Manner.PLAIN or not run.text.strip():
        return run.text
    signs, (opening, closing) = (_RAISED, "⁽⁾") if run.manner is Manner.RAISED else (_LOWERED, "₍₎")
    note = run.text.strip().translate(signs)
    if all(ord(character) in signs.values() for character in note):
        return note
    return f"{opening}{note.strip(opening + closing)}{closing}"
