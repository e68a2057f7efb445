"""The explorer served: one process, made warm before it opens."""

import socket
from pathlib import Path

import uvicorn

from explorer.app import application
from explorer.charts import quality
from explorer.charts.drawing import draw
from explorer.site import Offers
from explorer.snapshots import Snapshots
from warehouse.errors import GoujiError
from warehouse.lean import without_pandas

_LARGEST_HEADERS = 16_384


class AddressError(GoujiError):
    """The address cannot be listened on."""


def serve(published: Path, host: str, port: int, offers: Offers) -> None:
    """Serve the snapshot that is published at a path, until the process is told to stop.

    Raises :class:`AddressError` if the port is taken.
    """
    with without_pandas():
        snapshots = Snapshots(published)
        served = application(snapshots, offers)
        draw(quality.spec([], "zh"))
        config = uvicorn.Config(
            served,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=15,
            h11_max_incomplete_event_size=_LARGEST_HEADERS,
        )
        with _listening(host, port) as listener:
            uvicorn.Server(config).run(sockets=[listener])
        snapshots.close()


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise AddressError(f"{host}:{port}: {error.strerror}; choose another with --host and --port") from error
    return listener
