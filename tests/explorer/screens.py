"""``python -m tests.explorer.screens DIRECTORY``: photographs of the explorer's main pages, for the README."""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import sync_playwright

from samples.city import CITY
from samples.warehouse import build
from warehouse.snapshots.query import rows

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SIZE = {"width": 1280, "height": 860}


@contextmanager
def served(home: Path) -> Iterator[str]:
    """Serve a home's snapshot as a user does, and give the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from flows.command_line import main; main()", "explore", "--port", str(port)]
    with subprocess.Popen(command, env={**os.environ, "GOUJI_HOME": str(home)}, stdout=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(600):
                try:
                    with urlopen(f"{address}/healthz", timeout=5):
                        break
                except OSError:
                    time.sleep(0.2)
            yield address
        finally:
            process.terminate()


def saved(photograph: bytes, path: Path) -> None:
    """Write a photograph with as many colours as our pages need."""
    Image.open(io.BytesIO(photograph)).convert("RGB").quantize(64).save(path, optimize=True)


def main() -> None:
    """Make the sample warehouse, open it, and photograph its pages."""
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        snapshot = build(Path(folder)).path
        government = f"{CITY}人民政府"
        (sheet,) = rows(snapshot, "SELECT report_id FROM main.report WHERE organ = ? AND year = 2024", [government])
        (organ,) = rows(snapshot, "SELECT organ_id FROM mart.organ WHERE name = ?", [government])
        pages = {
            "home": "/",
            "sheet": f"/reports/{sheet['report_id']}",
            "organ": f"/organs/{quote(organ['organ_id'])}",
            "findings": "/en/findings",
        }
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with served(Path(folder)) as address:
            for name, path in pages.items():
                page = browser.new_page(viewport=SIZE, reduced_motion="reduce")
                page.goto(address + path)
                if name == "sheet":
                    page.locator("td.likely").evaluate("cell => cell.scrollIntoView({block: 'end'})")
                saved(page.screenshot(), directory / f"{name}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
