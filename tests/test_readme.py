"""The README keeps its word: its settings are those of the code, its commands exist."""

import re
from pathlib import Path

from flows.command_line import gouji
from tasks.settings import Settings
from tests import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    lines = []
    for name, field in Settings.model_fields.items():
        default = (
            f"`{Path(str(field.default)).name}`"
            if name in ("sources", "waivers")
            else f"`{field.default}`"
            if str(field.default)
            else ""
        )
        lines.append(f"| `GOUJI_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines)


def test_every_setting_is_documented():
    documented = README.partition("<!-- settings -->\n")[2].partition("<!-- /settings -->")[0].strip()
    assert documented == settings_table()


def test_every_command_that_the_readme_names_exists():
    named = set(re.findall(r"`?gouji ([a-z]+)\b", README))
    assert named <= set(gouji.commands)


def test_every_command_is_in_the_readme():
    for command in gouji.commands:
        assert f"gouji {command}" in README or command == "demo"
