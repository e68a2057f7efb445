"""``gouji serve``: the flows as scheduled deployments."""

import os
from typing import TYPE_CHECKING

import click

from flows.command_line.operation.running import settle_prefect

if TYPE_CHECKING:
    from flows.operating.deployments import Deployment


@click.command(
    epilog="""\b
Examples:
  gouji serve
  PREFECT_API_URL=http://prefect.example/api gouji serve --runs-at-once 4
  gouji serve --prefect-yaml > prefect.yaml      # for `prefect deploy --all`, on a work pool
"""
)
@click.option("--port", type=click.IntRange(1024, 65535), default=4200, show_default=True, help="Port of the server.")
@click.option(
    "--runs-at-once", type=click.IntRange(min=1), default=2, show_default=True, help="Runs under way at the same time."
)
@click.option("--prefect-yaml", is_flag=True, help="Serve nothing: write the deployments to stdout as prefect.yaml.")
def serve(port: int, runs_at_once: int, prefect_yaml: bool) -> None:
    """Serve every deployment, with its schedules, until Ctrl-C.

    No work pool, no worker. Where PREFECT_API_URL names no Prefect server, one is started on this machine, with its
    interface at --port and its database in GOUJI_HOME. Each source in GOUJI_SOURCES has a deployment that refreshes
    it after the statutory calendar; the others run on request: `prefect deployment run backfill/backfill --param
    years=2023`.
    """
    from flows.running.sources import choose_sources
    from tasks.runs.home import check_home
    from tasks.settings import Settings

    settings = Settings()
    sources = choose_sources(settings.sources, None)
    if prefect_yaml:
        from flows.operating.deployments import as_prefect_yaml, deployments

        declared = deployments(sources)
        click.echo(as_prefect_yaml(declared), nl=False)
        if os.environ.get("PREFECT_API_URL"):
            _name_surplus(declared)
        return
    check_home(settings.home)
    settle_prefect(settings)
    os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "INFO"
    from flows.operating.deployments import deployments
    from flows.operating.server import prefect_server
    from flows.operating.serving import serve as serve_deployments

    click.echo("Starting ...")
    with prefect_server(settings.home / "prefect-server.log", port) as address:
        declared = deployments(sources)
        _name_surplus(declared)
        click.echo(f"Serving {len(declared)} deployments; see {address.removesuffix('/api')}. Ctrl-C stops.")
        serve_deployments(declared, runs_at_once)
    click.echo("Stopped.")


def _name_surplus(declared: "tuple[Deployment, ...]") -> None:
    """Tell of deployments on the server that no source has any more, and how to be rid of them."""
    from flows.operating.server import ServerError, check_answer
    from flows.operating.serving import surplus

    try:
        check_answer(os.environ["PREFECT_API_URL"])
    except ServerError as error:
        click.echo(f"deployments that no source has any more are not looked for: {error}", err=True)
        return
    for name in surplus(declared):
        click.echo(f"{name} is deployed and no source has it any more: prefect deployment delete {name}", err=True)
