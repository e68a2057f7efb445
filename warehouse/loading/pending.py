"""Years whose reports changed since their last audit."""

from collections.abc import Sequence

from warehouse.store import Connection, transaction


def pending_audits(connection: Connection, years: Sequence[int]) -> tuple[str, ...]:
    """Return the changes of some years' reports that no audit has seen; none if the years stand as last audited."""
    found = connection.execute(
        "SELECT pending_id FROM audit.pending WHERE list_contains(?::INTEGER[], year) ORDER BY 1", [list(years)]
    ).fetchall()
    return tuple(pending_id for (pending_id,) in found)


def settle(connection: Connection, pending: Sequence[str]) -> None:
    """Record that an audit has seen these changes."""
    with transaction(connection):
        connection.execute("DELETE FROM audit.pending WHERE list_contains(?::VARCHAR[], pending_id)", [list(pending)])
