"""Where batches are fetched and read, on this machine or on a Dask cluster, and how they are handed over."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, overload

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import opaque

from tasks.runs.readers import cores
from tasks.settings import Settings
from warehouse.errors import GoujiError

_FEWEST_THREADS = 4

_Argument = TypeVar("_Argument")


class TaskRunnerError(GoujiError):
    """The task runner that is asked for cannot be had."""

    exit_code = 2


@contextmanager
def task_runner(settings: Settings) -> Iterator[TaskRunner[Any]]:
    """Yield the task runner that the settings name; a cluster on this machine lasts as long as the block.

    Raises :class:`TaskRunnerError` if it cannot be had.
    """
    if settings.reads_here:
        yield ThreadPoolTaskRunner(max_workers=max(_FEWEST_THREADS, 2 * cores()))
        return
    try:
        from distributed import Client, LocalCluster
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise TaskRunnerError("GOUJI_TASK_RUNNER wants Dask: install it with `pip install 'gouji[dask]'`") from error
    if settings.task_runner == "dask":
        with LocalCluster(dashboard_address=None) as cluster:
            yield DaskTaskRunner(address=cluster.scheduler_address)
        return
    try:
        Client(settings.task_runner, timeout=10, set_as_default=False).close()
    except OSError as error:
        raise TaskRunnerError(
            f"no Dask scheduler answers at {settings.task_runner}; start one, or change GOUJI_TASK_RUNNER"
        ) from error
    yield DaskTaskRunner(address=settings.task_runner)


@overload
def unsearched(argument: PrefectFuture[_Argument], settings: Settings) -> _Argument: ...


@overload
def unsearched(argument: _Argument, settings: Settings) -> _Argument: ...


def unsearched(argument: object, settings: Settings) -> object:
    """Hand an argument, or a future's result, to a task as it is.

    Prefect would look through every page of it for futures, which takes as long as to ask for the pages. Dask sends
    arguments away and puts its own futures in, for which it has to look.
    """
    return opaque(argument) if settings.reads_here else argument
