"""``gouji check``: one report, held against the rules, and whether it can be published."""

import click

from flows.command_line.audit.extract import header_as_json, problems_as_json
from flows.command_line.audit.reading import given_argument, read_reports
from flows.command_line.audit.tables import print_header, print_problems
from flows.command_line.output import console, json_option, language_option, print_json

_FAIL_ON = ("never", "critical", "problem", "warning", "info")


@click.command(
    epilog="""\b
Examples:
  gouji check report.html
  gouji check 2022.html 2023.html                one organ's reports: also beside each other
  gouji check *.html --json --strict-blanks
  gouji check draft.docx --fail-on warning
  gouji check https://www.example.gov.cn/art/2024/1/20/art_1_2.html --allow-host www.example.gov.cn
  curl -s https://example.gov.cn/2024.html | gouji check -
"""
)
@given_argument
@click.option("--strict-blanks", is_flag=True, help="Count a blank as 0: show also what would fail then.")
@click.option(
    "--fail-on",
    type=click.Choice(_FAIL_ON),
    default="problem",
    show_default=True,
    help="What makes the exit code 1: a critical finding; or also a problem, so that nobody can say; or a warning …",
)
@language_option
@json_option
def check(
    given: tuple[str, ...], hosts: tuple[str, ...], strict_blanks: bool, fail_on: str, lang: str, as_json: bool
) -> int:
    """Hold each FILE against the accounting rules.

    Before or after it is published; nothing is stored. FILE may be an address, or - for what is piped in. Files of one
    organ are also held against each other, year by year. The last line says whether it can be published, cannot, or
    cannot be judged, and why. Exit code 1 if one cannot be published or judged (or what --fail-on says).
    """
    from expectations import Severity
    from flows.command_line.audit.verdicts import print_verdicts, verdicts_as_json
    from tasks.audit.check import check as check_reports
    from tasks.audit.judgement import Decision, judge

    least = Severity(fail_on) if fail_on in ("warning", "info") else Severity.CRITICAL
    reports = [(name, each) for name, report in read_reports(given, hosts) for each in (report, *report.others)]
    failed = False
    for (name, report), verdicts in zip(reports, check_reports([report for _, report in reports]), strict=True):
        if strict_blanks:
            verdicts = verdicts.under_strict_blanks()
        judgement = judge(report, verdicts, least)
        sentence = judgement.sentence().wording(lang)
        if as_json:
            judged = {"decision": judgement.decision.value, "sentence": sentence}
            found = verdicts_as_json(verdicts, lang)
            print_json(
                {**header_as_json(name, report), "judgement": judged, **found, "problems": problems_as_json(report)}
            )
        else:
            print_header(name, report, lang)
            print_verdicts(report, verdicts, lang)
            print_problems(name, report, lang)
            console().print(f"{name}: {sentence}", markup=False, style="bold")
            console().print()
        broken = not report.has_figures or any(each.severity == Severity.CRITICAL for each in verdicts.findings)
        failed |= broken if fail_on == "critical" else judgement.decision is not Decision.PUBLISH
    return 1 if failed and fail_on != "never" else 0
