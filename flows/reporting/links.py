"""Where the explorer shows what messages, artifacts and sheets speak of, if the world knows its address."""

from tasks.settings import Settings


def explorer() -> str:
    """Return the address of the explorer, without a slash at its end; empty where none is set."""
    return Settings().explorer_address.rstrip("/")


def finding_page(finding_id: str) -> str:
    """Return the address of a finding in the explorer; empty where none is set."""
    address = explorer()
    return f"{address}/findings/{finding_id}" if address else ""
