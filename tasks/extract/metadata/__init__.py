"""What a report says of itself: title, organ, year, period, date, source, number and contact.

Each is taken from where reports print it, and told with that place; what sources say differently is a conflict.
"""

from tasks.extract.metadata.model import Metadata
from tasks.extract.metadata.reader import is_about_disclosure, is_traditional, read_metadata
from tasks.extract.metadata.titles import ORGAN, REPORT, organ_in

__all__ = ["ORGAN", "REPORT", "Metadata", "is_about_disclosure", "is_traditional", "organ_in", "read_metadata"]
