"""Two readers of the stress test in one process: each asks the snapshot until it is told to stop; tells what they saw.

Arguments: the snapshot, the file that tells to stop, the number of reports of a whole year.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from warehouse.snapshots.query import rows

SNAPSHOT, STOP, WHOLE = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
REPORTS = """
    SELECT year, count(*) AS reports, sum(cells_read) AS expected,
        (SELECT count(*) FROM cell WHERE cell.year = report.year) AS cells
    FROM report GROUP BY year ORDER BY year
"""


def read(number):
    asked, seen, wrong = 0, set(), []
    while not wrong:
        last = STOP.exists()
        try:
            found = rows(SNAPSHOT, REPORTS)
        except Exception as error:
            wrong.append(repr(error))
            break
        asked += 1
        seen.add(tuple(row["year"] for row in found))
        wrong += [row for row in found if row["reports"] != WHOLE or row["cells"] != row["expected"]]
        if last and asked >= 3:
            break
        time.sleep(0.5)
    return {"asked": asked, "seen": sorted(seen), "wrong": wrong}


print("ready", flush=True)
with ThreadPoolExecutor(2) as readers:
    print(json.dumps(list(readers.map(read, range(2))), default=str))
