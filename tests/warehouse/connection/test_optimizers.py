"""Optimizers that are left out: those of a while besides those of the connection."""

from warehouse.connection.optimizers import leave_out, left_out
from warehouse.connection.transactions import Connection, connect


def left_out_of(connection: Connection) -> object:
    return connection.execute("SELECT current_setting('disabled_optimizers')").fetchone()


def test_what_is_left_out_for_a_while_is_left_out_besides():
    with connect() as connection:
        leave_out(connection, "late_materialization", "top_n_window_elimination")
        with left_out(connection, "common_subplan"):
            assert left_out_of(connection) == ("late_materialization,top_n_window_elimination,common_subplan",)
        assert left_out_of(connection) == ("late_materialization,top_n_window_elimination",)


def test_where_none_was_left_out_none_is_afterwards():
    with connect() as connection:
        with left_out(connection, "common_subplan"):
            assert left_out_of(connection) == ("common_subplan",)
        assert left_out_of(connection) == ("",)
