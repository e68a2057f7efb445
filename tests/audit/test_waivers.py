"""The file of waivers of an audit: one that is named must be there."""

from pathlib import Path

import pytest

from expectations.findings.waivers import WaiverError
from tasks.audit.validate import waivers_of
from tasks.settings import Settings


def test_a_file_of_waivers_that_is_named_but_not_there_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOUJI_WAIVERS", str(tmp_path / "waivers.yaml"))
    with pytest.raises(WaiverError, match=r"waivers\.yaml"):
        waivers_of(Settings())
    (tmp_path / "waivers.yaml").write_text("[]", encoding="utf-8")
    assert waivers_of(Settings()) == ()


def test_nobody_has_to_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOUJI_WAIVERS", raising=False)
    assert isinstance(waivers_of(Settings()), tuple)
