"""``gouji automations``: what Prefect's server watches for by itself."""

import click

from flows.command_line.output import language_option


@click.command(
    epilog="""\b
Example:
  PREFECT_API_URL=http://127.0.0.1:4200/api gouji automations
"""
)
@language_option
def automations(lang: str) -> None:
    """Create Gouji's automations on the Prefect server, or bring them up to date.

    A run that sends no heartbeat any more is marked as crashed, and a run that no worker starts is told of; messages
    go to GOUJI_NOTIFY, which the server keeps encrypted. Run it again after GOUJI_NOTIFY or the language changed.
    """
    from prefect.settings import get_current_settings

    from tasks.settings import Settings

    if not get_current_settings().api.url:
        raise click.UsageError("automations need a Prefect server: set PREFECT_API_URL, or `prefect config set` it")
    from flows.operating.automations import create_automations

    addresses = Settings().notify.get_secret_value()
    for automation in create_automations(addresses, "en" if lang == "en" else "zh"):
        click.echo(f"{automation.name}\n  {automation.description}")
    if not addresses:
        click.echo("GOUJI_NOTIFY is not set: nobody is told; see `gouji notify --help`", err=True)
