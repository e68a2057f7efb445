"""One wording in both languages: for the labels of the forms, comments, rules, findings and problems alike."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A wording in Chinese, and the same in English. As a string it is both."""

    chinese: str
    english: str

    def __str__(self) -> str:
        return f"{self.chinese} | {self.english}"

    def wording(self, lang: str) -> str:
        """Return the wording in one language: ``en`` is English, everything else Chinese."""
        return self.english if lang == "en" else self.chinese

    def format(self, **figures: object) -> "Text":
        """Fill both wordings in with the same figures."""
        return Text(self.chinese.format(**figures), self.english.format(**figures))
