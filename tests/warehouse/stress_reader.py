"""One reader of the stress test: asks the snapshot again and again until it is told to stop; prints what went wrong."""

import json
import sys
import time
from pathlib import Path

from warehouse.query import rows

REPORTS = """
    SELECT year, count(*) AS reports, sum(cells_read) AS expected,
        (SELECT count(*) FROM cell WHERE cell.year = report.year) AS cells
    FROM report GROUP BY year ORDER BY year
"""


def main() -> None:
    """Arguments: the snapshot, the file that tells to stop, the number of reports of a whole year."""
    snapshot, stop, whole = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    asked, seen, wrong, longest = 0, set(), [], 0.0
    print("ready", flush=True)
    while not wrong:
        last = stop.exists()
        started = time.monotonic()
        try:
            found = rows(snapshot, REPORTS)
        except Exception as error:
            wrong.append(repr(error))
            break
        longest = max(longest, time.monotonic() - started)
        asked += 1
        seen.add(tuple(row["year"] for row in found))
        wrong += [row for row in found if row["reports"] != whole or row["cells"] != row["expected"]]
        if last and asked >= 3:
            break
        time.sleep(0.5)
    print(json.dumps({"asked": asked, "seen": sorted(seen), "wrong": wrong, "longest": longest}, default=str))


main()
