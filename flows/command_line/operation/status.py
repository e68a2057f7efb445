"""``gouji status``: what stands in the snapshot, what the runs did, and how it develops."""

import click
from rich.cells import set_cell_size

from flows.command_line.headings import heading
from flows.command_line.output import (
    console,
    figure,
    json_option,
    language_option,
    print_json,
    print_mappings,
    snapshot_rows,
    tell,
    working_rows,
)
from tasks.calendar import CHINA
from warehouse.rows import Row
from warehouse.text import Text

_YEARS = """
    SELECT report.year, count(*) AS reports, sum(cells_read)::BIGINT AS cells,
        count(*) FILTER (cells_read < cells_expected) AS incomplete,
        (SELECT count(*) FROM main.finding WHERE finding.year = report.year AND severity = 'critical') AS critical,
        (SELECT count(*) FROM main.finding WHERE finding.year = report.year) AS findings,
        (SELECT count(*) FROM main.problem WHERE problem.year = report.year) AS problems
    FROM main.report AS report GROUP BY report.year ORDER BY report.year
"""

_RUNS = """
    SELECT run_id AS run, started_at AS started, flow, state, parameters,
        round(epoch(finished_at - started_at), 1) AS seconds, links, pages_fetched AS fetched,
        pages_unchanged AS unchanged, reports_new AS new, findings, problems, findings_change, problems_change
    FROM (
        SELECT *, findings - lag(findings) OVER same AS findings_change,
            problems - lag(problems) OVER same AS problems_change
        FROM audit.run WINDOW same AS (PARTITION BY flow, parameters ORDER BY started_at)
    )
    WHERE ($flow IS NULL OR flow = $flow) AND ($state IS NULL OR state = $state)
        AND ($run IS NULL OR starts_with(run_id, $run))
    ORDER BY started_at DESC LIMIT $most
"""

_STAGES = """
    SELECT stage, sum(items)::BIGINT AS items, round(sum(seconds), 1) AS seconds,
        round(sum(items) / nullif(sum(seconds), 0), 1) AS items_per_second, round(sum(bytes) / 1e6, 1) AS megabytes,
        sum(retries)::BIGINT AS retries
    FROM audit.stage_metric WHERE run_id = $run
    GROUP BY stage
    ORDER BY list_position(['discover', 'fetch', 'extract', 'load', 'validate', 'publish'], stage)
"""

_SPEED = """
    PIVOT (
        SELECT run.started_at AS started, run.flow, metric.stage,
            round(sum(metric.items) / nullif(sum(metric.seconds), 0), 1) AS speed
        FROM audit.stage_metric AS metric JOIN (FROM audit.run ORDER BY started_at DESC LIMIT {most}) AS run
            USING (run_id)
        GROUP BY ALL
    ) ON stage IN ('discover', 'fetch', 'extract', 'load', 'validate', 'publish')
    USING any_value(speed) GROUP BY started, flow ORDER BY started DESC
"""

_OPEN_PROBLEMS = """
    SELECT code, count(*) FILTER (resolved_at IS NULL) AS open,
        count(*) FILTER (first_seen_at > latest.started_at) AS new,
        count(*) FILTER (resolved_at > latest.started_at) AS resolved
    FROM audit.problem, (SELECT max(started_at) AS started_at FROM audit.run) AS latest
    GROUP BY code HAVING open > 0 OR resolved > 0 ORDER BY open DESC, code
"""

_SNAPSHOT = Text("快照 {path}，{size:.1f} MB", "Snapshot {path}, {size:.1f} MB")
_CITED = Text("；引用为 {identity}", "; cite it as {identity}")
_CHECKED = Text("；{at} 的运行 {run} 没有发现变化", "; at {at} the run {run} found nothing changed")
_LATEST = Text("最近的运行", "Latest runs")
_SPEEDS = Text("每个工作线程每秒件数", "Items in a second of one worker")
_PROBLEMS = Text("问题：未决，及最近一次运行新增、解决的", "Problems: open, new and resolved in the latest run")
_REMEDIES = Text("怎么办，见 `gouji problems`。", "`gouji problems` says what to do about each.")
_OF_RUN = Text("各阶段", "Stages")


@click.command(
    epilog="""\b
Examples:
  gouji status
  gouji status --runs 20 --state failed --json
  gouji status 5f2c                          one run, stage by stage
"""
)
@click.argument("run", required=False)
@click.option("--runs", "most", type=click.IntRange(min=1), default=5, show_default=True, help="How many runs to show.")
@click.option("--flow", help="Runs of a flow, such as backfill.")
@click.option("--state", help="Runs in a state, such as completed, failed, crashed.")
@language_option
@json_option
def status(run: str | None, most: int, flow: str | None, state: str | None, lang: str, as_json: bool) -> None:
    """Show the snapshot, the latest runs and the open problems.

    Or show RUN, the beginning of whose identifier is enough, stage by stage; one that the snapshot does not tell of,
    for it goes on or changed nothing, as the warehouse has it. A change is the one since the run before
    it with the same parameters; speed is items in a second of one worker.
    """
    from tasks.settings import Settings
    from warehouse.snapshots.manifest import read_manifest

    if run is not None:
        _show_run(run, lang, as_json)
        return
    snapshot = Settings().published
    years, latest = snapshot_rows(_YEARS), snapshot_rows(_RUNS, run=None, flow=flow, state=state, most=most)
    speed, open_problems = snapshot_rows(_SPEED.format(most=most)), snapshot_rows(_OPEN_PROBLEMS)
    entry = next(iter(read_manifest(snapshot.parent)), None)
    if as_json:
        about = {
            "snapshot": str(snapshot),
            "identity": entry and entry.identity,
            "checked_at": entry and entry.checked_at,
            "checked_by": entry and entry.checked_by,
        }
        print_json({**about, "years": years, "runs": latest, "speed": speed, "problems": open_problems})
        return
    said = _SNAPSHOT.wording(lang).format(path=snapshot, size=snapshot.stat().st_size / 1e6)
    if entry is not None:
        said += _CITED.wording(lang).format(identity=entry.identity)
    if entry is not None and entry.checked_at is not None:
        said += _CHECKED.wording(lang).format(at=f"{entry.checked_at.astimezone(CHINA):%F %T}", run=entry.checked_by)
    console().print(said, markup=False)
    print_mappings(years, lang)
    print_mappings([_brief(row) for row in latest], lang, title=_LATEST.wording(lang))
    print_mappings(speed, lang, title=_SPEEDS.wording(lang))
    print_mappings(open_problems, lang, title=_PROBLEMS.wording(lang))
    if any(row["open"] for row in open_problems):
        tell(_REMEDIES.wording(lang))


def _show_run(run: str, lang: str, as_json: bool) -> None:
    ask = snapshot_rows
    found = ask(_RUNS, run=run, flow=None, state=None, most=2)
    if not found:
        ask = working_rows
        found = ask(_RUNS, run=run, flow=None, state=None, most=2)
    if len(found) != 1:
        how_many = "several" if found else "no"
        raise click.UsageError(f"{how_many} runs begin with {run!r}: `gouji status --runs 1000 --json` lists them")
    stages = ask(_STAGES, run=found[0]["run"])
    if as_json:
        print_json({**found[0], "stages": stages})
        return
    out = console()
    for name, value in found[0].items():
        out.print(f"{set_cell_size(heading(name, lang), 16)} {figure(value)}", markup=False)
    print_mappings(stages, lang, title=_OF_RUN.wording(lang))


def _brief(row: Row) -> Row:
    return {**{key: row[key] for key in row if key != "parameters"}, "run": row["run"][:8]}
