"""Many portals surveyed: a list of addresses, politely side by side, and gone on with where an earlier run stopped."""

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from tasks.runs.stopping import Stop
from tasks.settings import Settings
from tasks.sources.declaration import Politeness, Source
from tasks.survey.proposal import Given, write_text
from tasks.survey.survey import Outcome, Survey, name_of, survey
from tasks.web.addresses import host_of
from tasks.web.encodings import decide_encoding
from warehouse.errors import GoujiError

_COLUMNS = ("address", "name", "networks", "interval", "reason")
_ASKED_AGAIN = {Outcome.UNREACHABLE}
"""Outcomes that may pass: what ended so is asked again by the next run."""


class PortalListError(GoujiError):
    """A list of portals that cannot be used. The message is one line with file and line."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the final table: how an address ended, and in Chinese and English why.

    ``reports`` were counted on the list pages walked. ``yaml`` is the file that was proposed, ``written`` whether
    it was written.
    """

    address: str
    name: str
    outcome: Outcome
    reason_zh: str = ""
    reason_en: str = ""
    reports: int = 0
    requests: int = 0
    yaml: str | None = None
    written: bool = False


def read_portals(path: Path, declared: Mapping[str, Source]) -> list[Given]:
    """The portals of a CSV file with the columns address and, where wanted, name, networks, interval, reason, or of a
    text with an address on each line. Names are made from hosts, each once and none that is declared.

    Raises:
        PortalListError: the file cannot be read, or a line of it not.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PortalListError(f"{path}: cannot be read: {error.strerror}") from None
    lines = decide_encoding(content).decode(content).splitlines()
    if lines and "address" in [cell.strip() for cell in lines[0].split(",")]:
        reader = csv.DictReader(lines)
        rows = [(reader.line_num, {(key or "").strip(): value for key, value in row.items()}) for row in reader]
    else:
        rows = [(number, {"address": line}) for number, line in enumerate(lines, 1) if not line.startswith("#")]
    taken = set(declared)
    portals: dict[str, Given] = {}
    for number, row in rows:
        fields = {name: str(row.get(name) or "").strip() for name in _COLUMNS}
        if fields["address"] and fields["address"] not in portals:
            portals[fields["address"]] = _given(fields, taken, f"{path}:{number}")
            taken.add(portals[fields["address"]].name)
    if not portals:
        raise PortalListError(f"{path}: there is no address in it; give one on each line")
    return list(portals.values())


def _given(fields: Mapping[str, str], taken: set[str], place: str) -> Given:
    address = fields["address"]
    if host_of(address) is None:
        raise PortalListError(f"{place}: {address} is no web address: it begins with http:// or https://")
    wanted = fields["name"] or name_of(address)
    name = next(one for one in (wanted, *(f"{wanted}_{number}" for number in range(2, 10_000))) if one not in taken)
    different = {key: fields[key] for key in ("interval", "reason") if fields[key]}
    try:
        politeness = Politeness.model_validate(different)
    except ValidationError as error:
        raise PortalListError(f"{place}: {error.errors()[0]['msg'].removeprefix('Value error, ')}") from None
    return Given(address, name, tuple(fields["networks"].split()), politeness)


class Journal:
    """What became of the addresses of a list, kept under ``GOUJI_HOME`` so that another run goes on from there."""

    def __init__(self, path: Path, settings: Settings) -> None:
        digest = sha256(str(path.resolve()).encode()).hexdigest()[:10]
        self._path = settings.home / "surveys" / f"{path.stem}-{digest}.jsonl"

    def read(self) -> dict[str, Result]:
        """The results so far, by address; a line that was cut off when a run was killed counts for nothing."""
        results: dict[str, Result] = {}
        with suppress(FileNotFoundError):
            for line in self._path.read_text(encoding="utf-8").splitlines():
                with suppress(ValueError, TypeError, KeyError):
                    fields = json.loads(line)
                    result = Result(**{**fields, "outcome": Outcome(fields["outcome"])})
                    results[result.address] = result
        return results

    def add(self, result: Result) -> None:
        """Keep one more result."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")

    def forget(self) -> None:
        """Forget every result."""
        self._path.unlink(missing_ok=True)


def survey_many(
    portals: Sequence[Given],
    journal: Journal,
    settings: Settings,
    declared: Mapping[str, Source],
    *,
    write: bool,
    tell: Callable[[Result], None],
) -> list[Result]:
    """Survey portals side by side, as many as ``settings.sources_at_once``; the results in the portals' order.

    What an earlier run came to is not asked again, but for what was unreachable. With ``write`` the files of those that
    are sure are written. An interrupt stops the requests under way; what is done stays done.
    """
    known = {address: one for address, one in journal.read().items() if one.outcome not in _ASKED_AGAIN}
    results: dict[str, Result] = {}
    stop = Stop()
    with ThreadPoolExecutor(settings.sources_at_once, thread_name_prefix="survey") as pool:
        waiting: dict[Future[Result], Given] = {}
        for given in portals:
            if given.address in known:
                results[given.address] = known[given.address]
            elif by := _declaring(given, declared):
                told = (f"来源 {by} 已声明该主机", f"source {by} has its host")
                results[given.address] = Result(given.address, by, Outcome.DECLARED, *told)
            else:
                waiting[pool.submit(_surveyed, given, settings, stop)] = given
        try:
            for result in _as_they_come(waiting):
                results[result.address] = result
                journal.add(result)
                tell(result)
        except BaseException:
            stop.ask()
            pool.shutdown(cancel_futures=True)
            raise
    if write:
        results = {address: _written(one, journal, settings) for address, one in results.items()}
    return [results[given.address] for given in portals]


def _as_they_come(waiting: Mapping[Future[Result], Given]) -> Iterator[Result]:
    pending = set(waiting)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        yield from (future.result() for future in done)


def _declaring(given: Given, declared: Mapping[str, Source]) -> str | None:
    """The source that has the host of an address already."""
    return next((name for name, source in declared.items() if source.allows(given.address)), None)


def _surveyed(given: Given, settings: Settings, stop: Stop) -> Result:
    """One portal's result; an error of ours is told as one portal's, so that the others go on."""
    try:
        return _result(survey(given, settings, stop=stop))
    except GoujiError:
        raise
    except Exception as error:
        told = f"{type(error).__name__}: {' '.join(str(error).split())}"
        return Result(
            given.address, given.name, Outcome.UNSURE, f"程序出错：{told}", f"an error of the program: {told}"
        )


def _result(done: Survey) -> Result:
    return Result(
        address=done.given.address,
        name=done.given.name,
        outcome=done.outcome,
        reason_zh="；".join(reason.chinese for reason in done.reasons),
        reason_en="; ".join(reason.english for reason in done.reasons),
        reports=len(done.proof.discovery.links) if done.proof else 0,
        requests=done.requests,
        yaml=done.proposal.text if done.proposal else None,
    )


def _written(result: Result, journal: Journal, settings: Settings) -> Result:
    """A result whose file was written, if it is sure and was not before."""
    if result.outcome is not Outcome.SURE or result.yaml is None or result.written:
        return result
    try:
        write_text(result.yaml, result.name, settings.sources)
    except FileExistsError:
        told = ("已有同名文件，未写入", "a file of that name is there: not written")
        return replace(result, outcome=Outcome.UNSURE, reason_zh=told[0], reason_en=told[1])
    written = replace(result, written=True)
    journal.add(written)
    return written
