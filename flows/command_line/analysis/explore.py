"""``gouji explore``: the published snapshot on pages."""

import click


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

    It can only be read, and follows what is published meanwhile. Ctrl-C stops it.
    """
    from explorer.serving import serve
    from explorer.snapshots import Snapshots
    from tasks.settings import Settings

    settings = Settings()
    snapshot = Snapshots(settings.published).current()
    host, port = host or settings.explorer_host, port or settings.explorer_port
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"Snapshot {snapshot.id} of {snapshot.at:%Y-%m-%d %H:%M}: http://{shown}:{port}/  (Ctrl-C stops)")
    serve(settings.published, host, port)
