"""The command line: the same functions as the deployments, run in process."""

import os
import sys

import click

from flows.command_line.analysis.dictionary import dictionary
from flows.command_line.analysis.export import export
from flows.command_line.analysis.query import query
from flows.command_line.audit.check import check, extract
from flows.command_line.audit.corrections import revisions, waivers
from flows.command_line.audit.findings import findings
from flows.command_line.audit.rules import rules
from flows.command_line.audit.show import show
from flows.command_line.operation.automations import automations
from flows.command_line.operation.backup import backup
from flows.command_line.operation.coverage import coverage
from flows.command_line.operation.demo import demo
from flows.command_line.operation.jobs import backfill, housekeeping, publish, reextract, refresh, revalidate
from flows.command_line.operation.notify import notify
from flows.command_line.operation.portals import politeness, sources
from flows.command_line.operation.problems import problems, runbook
from flows.command_line.operation.serving import deployments, serve
from flows.command_line.operation.status import runs, status
from warehouse.errors import GoujiError


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Settings are environment variables (GOUJI_HOME, GOUJI_SOURCES …); the README lists them.",
)
@click.version_option(package_name="gouji", prog_name="gouji")
def gouji() -> None:
    """Gouji (勾稽): China's annual government-information-disclosure reports in one audited DuckDB warehouse.

    \b
    gouji demo                          see everything once, on a sample portal
    gouji backfill 2019-2024            fetch, read, load, audit and publish some years
    gouji check report.html             check one report before or after it is published
    gouji query "FROM report LIMIT 5"   read-only SQL on the published snapshot
    """


_COMMANDS = (
    *(demo, backfill, refresh, reextract, revalidate, publish, housekeeping),
    *(extract, check, show, rules, query, export, dictionary),
    *(findings, waivers, revisions, problems, runbook, status, runs, coverage, sources, politeness),
    *(serve, deployments, notify, automations, backup),
)
for command in _COMMANDS:
    gouji.add_command(command)


def main() -> None:
    """Run ``gouji``. Every error is one line on stderr that says what to do; set GOUJI_DEBUG to see where it arose."""
    try:
        code = gouji.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 0
    except click.ClickException as error:
        code = _fail(error.format_message().replace("\n", " "), error.exit_code + (error.exit_code == 1))
    except (click.Abort, KeyboardInterrupt):
        code = _fail("interrupted; run the same command again to go on", 130)
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except GoujiError as error:
        code = _fail(str(error), error.exit_code)
    except Exception as error:
        if os.environ.get("GOUJI_DEBUG"):
            raise
        message = " ".join(str(error).split())
        code = _fail(f"unexpected {type(error).__name__}: {message}; set GOUJI_DEBUG=1 to see where it arose", 1)
    sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> int:
    click.echo(f"gouji: {message}", err=True)
    return code
