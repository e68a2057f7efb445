"""The command line: the same functions as the deployments, run in process."""

import io
import os
import signal
import sys
from contextlib import suppress
from typing import NoReturn

import click

from flows.command_line.analysis.dictionary import dictionary
from flows.command_line.analysis.explore import explore
from flows.command_line.analysis.export import export
from flows.command_line.analysis.picture import picture
from flows.command_line.analysis.query import query
from flows.command_line.audit.check import check
from flows.command_line.audit.extract import extract
from flows.command_line.audit.findings import findings
from flows.command_line.audit.revisions import revisions
from flows.command_line.audit.rules import rules
from flows.command_line.audit.show import show
from flows.command_line.operation.backup import backup
from flows.command_line.operation.coverage import coverage
from flows.command_line.operation.demo import demo
from flows.command_line.operation.jobs import backfill, housekeeping, publish, reextract, refresh, revalidate
from flows.command_line.operation.notify import notify
from flows.command_line.operation.portals import sources
from flows.command_line.operation.problems import problems
from flows.command_line.operation.serving import serve
from flows.command_line.operation.status import status
from flows.command_line.output import tell
from warehouse.errors import GoujiError

USERS = {
    "For analysts": (explore, query, picture, export, dictionary, coverage),
    "For publishers and auditors": (check, extract, show, rules, findings, revisions),
    "For operators": (
        *(demo, backfill, refresh, reextract, revalidate, publish, housekeeping),
        *(status, problems, sources, serve, notify, backup),
    ),
}
"""Every command, by who uses it."""


class _ByUser(click.Group):
    """A group whose help lists the commands by who uses them."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for user, commands in USERS.items():
            with formatter.section(user):
                room = formatter.width - 6 - max(map(len, self.commands))
                formatter.write_dl([(each.name or "", each.get_short_help_str(room)) for each in commands])


@click.group(
    cls=_ByUser,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Begin with `gouji demo`. Settings are environment variables (GOUJI_HOME …); the README lists them.",
)
@click.version_option(package_name="gouji", prog_name="gouji")
def gouji() -> None:
    """Gouji 勾稽: China's annual reports on information disclosure, audited in one warehouse."""


for command in (each for commands in USERS.values() for each in commands):
    gouji.add_command(command)


def main() -> None:
    """Run ``gouji``. Every error is one line on stderr that says what to do; set GOUJI_DEBUG to see where it arose."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal in GBK lacks some characters: they are written as \u2717, not answered with a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        code = gouji.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 0
    except click.ClickException as error:
        code = _fail(error.format_message().replace("\n", " "), error.exit_code + (error.exit_code == 1))
    except (click.Abort, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _end_here(_fail("interrupted; run the same command again to go on", 130))
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
    tell(f"gouji: {message}")
    return code


def _end_here(code: int) -> NoReturn:
    """End now, as if killed: threads that a second Ctrl-C left at work have no run any more to work for, or to tell."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
