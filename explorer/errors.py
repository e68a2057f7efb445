"""Errors that a visitor reads in the language of the page."""

from warehouse.errors import GoujiError
from warehouse.text import Text


class ToldError(GoujiError):
    """One line that says what, where and what to do, in both languages."""

    def __init__(self, told: Text) -> None:
        super().__init__(str(told))
        self.told = told
