"""Modules that wait until somebody asks for something in them."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

from warehouse.lean import put_off


def test_a_module_that_is_put_off_is_imported_once_something_in_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "imported"
    for name in ("put_off_here", "needed_at_once"):
        text = f"from pathlib import Path\nanswer = 42\nPath({str(mark)!r}).open('a').write({name!r})\n"
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with put_off("put_off_here"):
        module = import_module("put_off_here")
        import_module("needed_at_once")
    assert mark.read_text(encoding="utf-8") == "needed_at_once"
    assert module.answer == 42
    assert mark.read_text(encoding="utf-8") == "needed_at_onceput_off_here"
