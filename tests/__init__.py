"""The tests, in the folders of what they test."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
