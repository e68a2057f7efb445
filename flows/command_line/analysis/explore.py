"""``gouji explore``: the published snapshot on pages."""

from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from explorer.site import Offers
    from tasks.settings import Settings


@click.command(
    epilog="""\b
Examples:
  gouji explore
  gouji explore --host 0.0.0.0 --port 80
"""
)
@click.option("--host", help="Address to listen on.  [default: GOUJI_EXPLORER_HOST, 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="Port.  [default: GOUJI_EXPLORER_PORT, 8400]")
def explore(host: str | None, port: int | None) -> None:
    """Show the snapshot in a browser.

    Reports, findings, organs, every figure with its origin.

    It can only be read, and follows what is published meanwhile. SQL and checks of files are offered unless others can
    reach it (GOUJI_EXPLORER_SQL, GOUJI_EXPLORER_CHECK). Ctrl-C stops it.
    """
    from explorer.serving import serve
    from explorer.snapshots import Snapshots
    from tasks.settings import Settings

    settings = Settings()
    snapshot = Snapshots(settings.published).current()
    host, port = host or settings.explorer_host, port or settings.explorer_port
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Snapshot {snapshot.id} of {snapshot.at:%Y-%m-%d %H:%M}: http://{shown}:{port}/  (Ctrl-C stops)")
    serve(settings.published, host, port, _offers(settings, host))


def _offers(settings: "Settings", host: str) -> "Offers":
    """Say what the settings offer to whoever can reach an address."""
    from explorer.site import Offers

    is_private = not settings.explorer_address and _is_loopback(host)
    folder = settings.archive_folder
    return Offers(
        sql=settings.explorer_sql == "on" or (settings.explorer_sql == "auto" and is_private),
        check=settings.explorer_check == "on" or (settings.explorer_check == "auto" and is_private),
        archive=None if folder is not None and not folder.exists() else settings.archive_root,
        contact=settings.explorer_contact,
        address=settings.explorer_address,
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
