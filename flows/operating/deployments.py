"""The deployments: declared once, for ``prefect deploy`` through ``prefect.yaml`` and for ``gouji serve``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import yaml

from tasks.sources.declaration import Source

TIMEZONE = "Asia/Shanghai"
WORK_POOL = "gouji"
TAG = "gouji"
"""The tag of every deployment of Gouji's."""

ONE_AT_A_TIME = {"limit": 1, "collision_strategy": "ENQUEUE"}
"""A run that is triggered while another of the same deployment is under way waits for it."""

_PREAMBLE = """\
# Written by `make deployments` from flows/operating/deployments.py and the sources; change those, not this.
# `prefect deploy --all` deploys these to the process work pool "gouji"
# (made once with `prefect work-pool create gouji --type process`).
"""


@dataclass(frozen=True)
class Season:
    """A part of the year with a rhythm of its own: the days of a cron expression, without minute and hour.

    With ``both``, a day must fit as a day of the month and as a day of the week; in plain cron either will do.
    """

    slug: str
    days: str
    both: bool = False


SEASONS = (
    Season("daily-january", "2-31 1 *"),
    Season("daily-february", "1-10 2 *"),
    Season("twice-weekly-february", "11-29 2 1,4", both=True),
    Season("twice-weekly-march", "* 3 1,4"),
    Season("twice-weekly-april", "1-10 4 1,4", both=True),
    Season("monthly", "1 5-12 *"),
)
"""When a year's reports appear: departments publish by 31 January, governments by 31 March, stragglers later."""


@dataclass(frozen=True)
class Schedule:
    """When a deployment runs by itself: a cron expression in China's time."""

    slug: str
    cron: str
    both: bool = False


@dataclass(frozen=True)
class Deployment:
    """One flow as operators find it: its name, what it is for, with which parameters, when by itself."""

    flow: str
    name: str
    description: str
    tags: Sequence[str]
    parameters: Mapping[str, object] = field(default_factory=dict)
    schedules: Sequence[Schedule] = ()

    @property
    def entrypoint(self) -> str:
        """Where Prefect finds the flow, wherever it is started."""
        return f"flows.{self.flow}.{self.flow}"


def deployments(sources: Sequence[Source]) -> tuple[Deployment, ...]:
    """Return every deployment, with one that refreshes each of the sources by itself."""
    return (*_ON_REQUEST, *_REGULAR, *(_refresh(source) for source in sources))


_ON_REQUEST = (
    Deployment(
        "backfill",
        "backfill",
        "Fetch, read, load, audit and publish the reports of some years: a child run for every source and year.",
        (TAG, "on-request"),
        {"years": "2023", "sources": None, "force": False},
    ),
    Deployment(
        "refresh",
        "refresh",
        "New and changed reports of the season under way, from every source at once.",
        (TAG, "on-request"),
        {"sources": None},
    ),
    Deployment(
        "reextract",
        "reextract",
        "The archive read again with today's extractor, after an upgrade. No portal is asked.",
        (TAG, "on-request"),
        {"years": None, "sources": None, "everything": False},
    ),
    Deployment("publish", "publish", "The warehouse as it stands, published for analysts.", (TAG, "on-request")),
)

_REGULAR = (
    Deployment(
        "revalidate",
        "revalidate",
        "The rules again on every current report, so that waivers that have expired and rules that changed show.",
        (TAG, "scheduled"),
        {"years": None},
        (Schedule("weekly", "7 3 * * 0"),),
    ),
    Deployment(
        "survey",
        "survey",
        "Whether portals still are as declared: their lists, this year's column, their counts, one report of each.",
        (TAG, "scheduled"),
        {"sources": None},
        (Schedule("weekly-season", "22 4 * 1-3 1"), Schedule("monthly", "22 4 1 4-12 *")),
    ),
    Deployment(
        "housekeeping",
        "housekeeping",
        "What is no longer needed, removed: leftovers of killed runs, old error pages, logs and run records. "
        "Of a lake, small files merged and time travel ended after keep_days.",
        (TAG, "scheduled"),
        {"keep_days": 90},
        (Schedule("weekly", "37 2 * * 6"),),
    ),
)


def _refresh(source: Source) -> Deployment:
    minute = crc32(source.name.encode()) % 60
    return Deployment(
        "refresh",
        source.name,
        f"New and changed reports of the season under way: {source.title}.",
        (TAG, "scheduled", source.name),
        {"sources": [source.name]},
        tuple(Schedule(season.slug, f"{minute} 5 {season.days}", season.both) for season in SEASONS),
    )


def as_prefect_yaml(declared: Sequence[Deployment]) -> str:
    """Return what ``prefect deploy --all`` reads."""
    content = {"name": "gouji", "deployments": [_as_mapping(deployment) for deployment in declared]}
    return _PREAMBLE + yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)


def _as_mapping(deployment: Deployment) -> dict[str, object]:
    return {
        "name": deployment.name,
        "entrypoint": deployment.entrypoint,
        "description": deployment.description,
        "tags": list(deployment.tags),
        "work_pool": {"name": WORK_POOL},
        "parameters": dict(deployment.parameters),
        "concurrency_limit": dict(ONE_AT_A_TIME),
        "schedules": list(_schedules(deployment)),
    }


def _schedules(deployment: Deployment) -> Iterator[dict[str, object]]:
    for schedule in deployment.schedules:
        either = {"day_or": False} if schedule.both else {}
        yield {"slug": schedule.slug, "cron": schedule.cron, "timezone": TIMEZONE, **either}
