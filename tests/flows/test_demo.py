"""What the demo tells: all that happens on real portals, in the language that was asked for."""

from click.testing import CliRunner

from flows.command_line import gouji
from samples import published_reports
from samples.city import CITY
from samples.events import CORRECTED, GONE, MISSING
from tests.processes import free_port

SHOWN = {CORRECTED, GONE, f"{CITY}民政局"}


def test_the_demo_shows_a_correction_a_problem_and_a_missing_report(monkeypatch, tmp_path):
    few = [report for report in published_reports() if report.organ.name in SHOWN]
    monkeypatch.setattr("samples.events.published_reports", lambda: few)
    for name, value in (("HOME", tmp_path), ("SOURCES", ""), ("FRESHNESS_HOURS", "20")):
        monkeypatch.setenv(f"GOUJI_{name}", str(value))
    done = CliRunner().invoke(gouji, ["demo", "--years", "2024", "--port", str(free_port()), "--lang", "zh"])
    assert done.exception is None, done.output
    assert "18 → 8" in done.output, "corrected in silence"
    assert "not_found" in done.output, f"the page of {GONE} is gone"
    assert "未见 1（gouji coverage）" in done.output, f"{MISSING} never published"
    closing = done.output.partition("接下来可以看：")[2]
    assert {"explore", "findings", "revisions", "problems", "coverage", "query", "check"} <= set(closing.split())
    assert "悄然更正了什么" in closing
