"""The explorer in a real browser: accessible, quiet under its policy, printable, at any width, without a mouse."""

import shutil
from collections.abc import Iterator
from urllib.parse import quote

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: `make browser` installs it"),
]
ORGAN = "SELECT organ_id FROM mart.organ WHERE kind = 'government' ORDER BY reports DESC, organ_id LIMIT 2"
WIDTHS = (1280, 768, 360)


@pytest.fixture(scope="module")
def site(sample_home) -> Iterator[str]:
    """The explorer as a user starts it."""
    from tests.explorer.screens import served

    with served(sample_home) as address:
        yield address


@pytest.fixture(scope="module")
def paths(ask, broken) -> dict[str, str]:
    organ, other = ask(ORGAN)
    (before,) = ask("SELECT report_id FROM mart.report WHERE report_id <> ? ORDER BY report_id LIMIT 1", [broken])
    return {
        "home": "/",
        "sheet": f"/reports/{broken}",
        "figure": f"/reports/{broken}/cells/applications/concluded_total/total",
        "organ": f"/organs/{quote(organ['organ_id'])}",
        **{name: f"/{name}" for name in ("findings", "organs", "coverage", "peers", "regions", "rules", "data")},
        "rule": "/rules/A1",
        "compare": f"/compare?a={quote(organ['organ_id'])}&b={quote(other['organ_id'])}",
        "compare reports": f"/compare/reports?a={before['report_id']}&b={broken}",
        "sql": "/sql?q=SELECT+organ,+year+FROM+report+LIMIT+5",
        "check": "/check",
        "corrections": "/corrections",
        "runs": "/runs",
        "problems": "/problems",
    }


class _Patient:
    """A browser that waits as long as a busy machine takes."""

    def __init__(self, browser):
        self._browser = browser

    def new_context(self, **options):
        context = self._browser.new_context(**options)
        context.set_default_timeout(300_000)
        return context

    def new_page(self):
        return self.new_context().new_page()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield _Patient(browser)
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_no_violation_on_any_page_and_the_console_stays_empty(browser, site, paths, lang, scheme):
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    said, foreign = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: None if request.url.startswith(site) else foreign.append(request.url))
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    wrong = {}
    for name, path in paths.items():
        page.goto(f"{site}{'/en' if lang == 'en' else ''}{path}")
        found = Axe().run(page, options=options).response["violations"]
        if found:
            wrong[name] = [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]
    context.close()
    assert wrong == {}
    assert (said, foreign) == ([], [])


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(browser, site, paths, width):
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=True)
    page = context.new_page()
    wide = {}
    for name, path in paths.items():
        page.goto(f"{site}{path}")
        if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide[name] = found
    context.close()
    assert wide == {}


def test_every_figure_is_there_without_javascript(browser, site, paths):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + paths["sheet"])
    assert page.locator("td[id^=c-]").count() in (198, 200)
    page.goto(site)
    assert page.locator("figure svg").count() == 1
    context.close()


def test_the_keyboard_alone_goes_from_a_finding_to_its_cell_and_on_to_its_origin(browser, site, paths):
    page = browser.new_page()
    page.goto(site + paths["sheet"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.locator("td.likely > a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cells/**")
    assert page.locator("li.fail").count() > 0
    page.close()


def test_a_sheet_is_printed_whole(browser, site, paths):
    page = browser.new_page()
    page.goto(site + paths["sheet"])
    printed = page.pdf(format="A4")
    page.close()
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(printed)) as document:
        text = "".join(sheet.extract_text() or "" for sheet in document.pages)
    for heading in ("主动公开政府信息情况", "收到和处理政府信息公开申请情况", "行政复议、行政诉讼情况"):
        assert heading in text.replace("⾏", "行")
