from collections.abc import Iterator

import pytest

from tests.fetch.processes import Start, workshop


@pytest.fixture(scope="module")
def start_fetching() -> Iterator[Start]:
    with workshop() as start:
        yield start
