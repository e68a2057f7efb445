"""A process that a worker started, whose worker is gone: it ends, whenever that happened."""

import os
import signal
import subprocess
import sys

from tests import REPOSITORY

FLOW = "import time; from flows.running.orphans import ending_with_its_worker as ending\nwith ending(): {body}"


def started(body: str, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", FLOW.format(body=body)],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
    )


def test_a_flow_ends_whose_worker_was_gone_before_it_began():
    with started("time.sleep(600)", PREFECT__FLOW_RUN_ID="run") as flow:
        flow.stdout.close()
        assert flow.wait() == -signal.SIGTERM


def test_a_flow_ends_whose_worker_goes_away_later():
    with started("print('begun', flush=True); time.sleep(600)", PREFECT__FLOW_RUN_ID="run") as flow:
        assert flow.stdout.readline() == b"begun\n"
        flow.stdout.close()
        assert flow.wait() == -signal.SIGTERM


def test_a_flow_whose_worker_reads_what_it_prints_runs_to_its_end():
    with started("time.sleep(3); print('done')", PREFECT__FLOW_RUN_ID="run") as flow:
        assert flow.communicate() == (b"done\n", None)
        assert flow.returncode == 0


def test_a_command_that_no_worker_started_may_lose_its_reader():
    with started("time.sleep(3)") as flow:
        flow.stdout.close()
        assert flow.wait() == 0
