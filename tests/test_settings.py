"""A setting that cannot be is named, with what it is and what it may be."""

import pickle

import pytest

from tasks.settings import Settings, SettingsError


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("GOUJI_BATCH_SIZE", "0", "greater than or equal to 1"),
        ("GOUJI_LANG", "fr", "'zh' or 'en'"),
        ("GOUJI_READ_TIMEOUT", "soon", "valid number"),
    ],
)
def test_a_bad_setting_is_one_line_with_its_name(monkeypatch, name, value, why):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings()
    assert str(caught.value).startswith(f"{name} is {value!r}: ")
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


def test_settings_travel_to_other_machines(monkeypatch):
    monkeypatch.setenv("GOUJI_BATCH_SIZE", "7")
    sent = pickle.dumps(Settings())
    monkeypatch.delenv("GOUJI_BATCH_SIZE")
    assert pickle.loads(sent).batch_size == 7
