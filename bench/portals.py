"""What a further portal costs: the way of ``bench.nation`` with the same reports, as those of one portal and of many.

``python -m bench.portals`` prints, for each step, the seconds by one and by many, and what each portal more adds.
"""

import json
import tempfile
from pathlib import Path

from bench import QUICK
from bench.nation import measure

REPORTS, PORTALS = (100, 5) if QUICK else (1000, 40)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        one, many = (measure(Path(folder, str(portals)), REPORTS, portals) for portals in (1, PORTALS))
    for step in ("everything", "nothing changed", "one changed"):
        first, second = one[step]["seconds"], many[step]["seconds"]
        by_portals = {"1": first, str(PORTALS): second}
        more = round((second - first) / (PORTALS - 1), 3)
        print(json.dumps({"step": step, "reports": REPORTS, "seconds": by_portals, "a_portal_more": more}))


if __name__ == "__main__":
    main()
