"""One portal surveyed: from its address to a proven proposal, or to the reason why there is none."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tasks.archive.store import Archive
from tasks.calendar import today
from tasks.fetch.problems import FetchError
from tasks.runs.stopping import Stop
from tasks.settings import Settings
from tasks.survey.column_search import Found, promise_of, search
from tasks.survey.columns import Column
from tasks.survey.proof import Proof, prove
from tasks.survey.proposal import Given, Proposal, proposed_source, written
from tasks.survey.visits import Visits, undeclared
from tasks.web.addresses import host_of
from warehouse.text import Text


class Outcome(StrEnum):
    """How a survey ended."""

    SURE = "sure"
    """A source was found and proven."""
    UNSURE = "unsure"
    """Something was found that a person should look at."""
    REFUSED = "refused"
    """The portal's robots.txt does not want it asked."""
    UNREACHABLE = "unreachable"
    """The portal, or the page that should list the reports, could not be had."""
    DECLARED = "declared"
    """A source declares its host already."""
    NOTHING = "nothing"
    """No annual reports were found."""


@dataclass(frozen=True)
class Survey:
    """What came of an address: the outcome with its reasons, what was found on the way, and the proven proposal."""

    given: Given
    outcome: Outcome
    reasons: tuple[Text, ...]
    found: Found | None = None
    proof: Proof | None = None
    proposal: Proposal | None = None
    requests: int = 0


def name_of(address: str) -> str:
    """A name for the source of an address, from its host: ``wenzhou`` of ``www.wenzhou.gov.cn``."""
    host = (host_of(address) or "portal").removeprefix("www.")
    plain = re.sub(r"\.(?:gov|org|com|net|edu)(?:\.cn)?$|\.cn$", "", host)
    parts = plain.split(".") if not plain.replace(".", "").replace(":", "").isdigit() else [plain]
    return re.sub(r"[^a-z0-9]+", "_", "_".join(reversed(parts))).strip("_") or "portal"


def survey(
    given: Given,
    settings: Settings,
    choose: Callable[[Sequence[Column]], Sequence[Column]] | None = None,
    stop: Stop | None = None,
) -> Survey:
    """Find and prove the source of an address; ``choose`` picks among several columns, if somebody can be asked. Once
    ``stop`` is asked, it is given up.

    Whatever goes wrong on the portal's side is an outcome with its reason.

    Raises:
        ValueError: the address is none, or what is given with it does not fit.
        ArchiveError: the archive cannot be written.
    """
    source = undeclared(given.name, given.address, networks=given.networks, politeness=given.politeness)
    archive = Archive(settings.archive_root)
    with Visits(source, settings, archive, stop=stop) as visits:
        try:
            found = search(given.address, visits)
        except FetchError as error:
            return Survey(given, *_unreached(error, visits.moved_to), requests=visits.requests)
        with_lists = [column for column in found.columns if column.lists]
        if choose is not None and len(with_lists) > 1:
            found.columns = list(choose(with_lists))
        if not found.lists:
            return Survey(given, *_nothing(found, visits), found, requests=visits.requests)
        for record in (record for one in found.lists for record in one.records):
            visits.admits(record.url)
        try:
            proposed = proposed_source(given, found, visits.source.hosts)
        except ValueError as error:
            reason = Text(f"找到的内容无法写成来源文件：{error}", f"what was found makes no source: {error}")
            return Survey(given, Outcome.UNSURE, (reason,), found, requests=visits.requests)
        visits.source = proposed
        proof = prove(proposed, visits.ask_beyond, settings, archive, stop)
        if proof.says_published and any(one.year for one in found.lists):
            found.count_from_publication()
            proposed = proposed_source(given, found, visits.source.hosts)
            proof = prove(proposed, visits.ask_beyond, settings, archive, stop)
        proposal = written(given, found, visits.source.hosts, proof, today())
        reasons = tuple(_doubts(found, proof))
        outcome = Outcome.UNSURE if reasons else Outcome.SURE
        return Survey(given, outcome, reasons, found, proof, proposal, visits.requests)


def _unreached(error: FetchError, moved_to: str | None) -> tuple[Outcome, tuple[Text, ...]]:
    if error.code == "robots_refused":
        return Outcome.REFUSED, (Text("网站的 robots.txt 不允许访问", "its robots.txt refuses"),)
    if error.code == "host_not_allowed" and moved_to:
        moved = Text(
            f"该地址跳转到另一主机 {moved_to}：若确属此网站，请改用该地址",
            f"it redirects to another host, {moved_to}: if that is the portal, give that address",
        )
        return Outcome.UNSURE, (moved,)
    detail = Text(f"{error.code}：{error.detail}", f"{error.code}: {error.detail}")
    return Outcome.UNREACHABLE, (detail,)


def _nothing(found: Found, visits: Visits) -> tuple[Outcome, tuple[Text, ...]]:
    """Why there are no lists: a page that promised some could not be had, or none promised any."""
    if found.cut_short:
        return Outcome.UNSURE, (_too_much(),)
    lost = [(url, error) for url, error in visits.failures.items() if url in found.promised]
    if lost:
        url, error = lost[0]
        refused = error.code == "robots_refused"
        outcome = Outcome.REFUSED if refused else Outcome.UNREACHABLE
        return outcome, (Text(f"{url}：{error.code}，{error.detail}", f"{url}: {error.code}: {error.detail}"),)
    looked = [column for column in found.columns if promise_of(column.title)]
    if looked:
        seen = "、".join(looked[0].seen[:8])
        reason = Text(
            f"{looked[0].address}（{looked[0].title}）上没有能识别的年报列表；所见链接：{seen or '无'}",
            f"no list of reports is recognised on {looked[0].address} ({looked[0].title}); "
            f"it links to: {seen or 'nothing'}",
        )
        return Outcome.UNSURE, (reason,)
    leads = "、".join(found.leads[:8])
    reason = Text(
        f"没有找到政府信息公开年报栏目；相近的链接：{leads or '无'}",
        f"no column of annual reports was found; links that come near: {leads or 'none'}",
    )
    return Outcome.NOTHING, (reason,)


def _too_much() -> Text:
    return Text(
        "页面过多，未能看完：请给出年报栏目的地址", "too many pages to look at: give the address of the column itself"
    )


def _doubts(found: Found, proof: Proof) -> list[Text]:
    """What a person should look at before the source is relied on."""
    doubts = []
    if found.cut_short or any(column.cut_short for column in found.columns):
        doubts.append(_too_much())
    listed = {link.year for link in proof.discovery.links}
    for column in found.columns:
        if beside := sorted(set(column.years_beside) - listed, reverse=True):
            years = "、".join(map(str, beside))
            chinese = f"{column.address} 上可选 {years} 年，但只有浏览器脚本能打开"
            english = f"{column.address} can be turned to {years.replace('、', ', ')}, by a browser's scripts only"
            doubts.append(Text(chinese, english))
    if not proof.discovery.links:
        doubts.append(Text("列表中没有一篇年报", "its lists give no report"))
    elif not any(one.is_read for one in proof.read):
        told = "; ".join(problem for one in proof.read for problem in one.problems[:1])
        doubts.append(Text(f"试读的年报都没有读出表格：{told}", f"no table was read in the reports tried: {told}"))
    codes: dict[str, list[str]] = {}
    elsewhere = [problem for problem in proof.problems if problem.code == "host_not_allowed"]
    beside_others = len(elsewhere) < len(proof.discovery.links)
    for problem in proof.problems:
        if problem in elsewhere and beside_others:
            continue  # some reports of organs with a portal of their own: told in the file
        codes.setdefault(problem.code, []).append(f"{problem.item}: {problem.detail}")
    for code, items in codes.items():
        more = f" (+{len(items) - 1})" if len(items) > 1 else ""
        doubts.append(Text(f"{code}：{items[0]}{more}", f"{code}: {items[0]}{more}"))
    for one in proof.read:
        if one.is_read and one.year is not None and one.year != one.listed_year:
            doubts.append(
                Text(
                    f"{one.url} 列为 {one.listed_year} 年，文中为 {one.year} 年",
                    f"{one.url} is listed for {one.listed_year}, and says that it is for {one.year}",
                )
            )
    return doubts
