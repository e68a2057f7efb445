"""A signal in the middle of a statement, in a process of its own: a test cannot break off what hangs within DuckDB."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse.connection.transactions import closing, connect

SCRIPT = """
import os, signal, sys, threading
from pathlib import Path
from warehouse.store import transaction, writer

class Told(BaseException): pass

def tell(*_): raise Told
signal.signal(signal.SIGTERM, tell)
store, within = Path(sys.argv[1]), sys.argv[2]
pairs = "number AS a JOIN number AS b ON a.n < b.n WHERE a.n % 7 = 3 AND b.n % 9 = 1"
endless = f"CREATE TABLE pair AS SELECT a.n FROM {pairs}"
try:
    with writer(store) as connection:
        connection.execute("CREATE TABLE number AS SELECT range AS n FROM range(1000000)")
        threading.Timer(0.2, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
        if within == "transaction":
            with transaction(connection):
                connection.execute(endless)
        else:
            connection.execute(endless)
except Told:
    with writer(store) as connection:
        print(connection.execute("SELECT count(*) FROM number").fetchone()[0])
"""


@pytest.mark.parametrize("within", ["transaction", "nothing"])
def test_a_store_can_be_opened_again_after_a_signal_in_a_statement(tmp_path: Path, within: str) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path / "warehouse.duckdb"), within]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert (ended.stdout, ended.stderr) == ("1000000\n", "")


def test_an_error_that_no_signal_is_behind_comes_out_as_itself() -> None:
    error = RuntimeError("another one")
    connection = connect()
    with pytest.raises(RuntimeError) as raised, closing(connection):
        raise error from ValueError("its cause")
    assert raised.value is error
    with pytest.raises(duckdb.ConnectionException, match="closed"):
        connection.execute("SELECT 1")
