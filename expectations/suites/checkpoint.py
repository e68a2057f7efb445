"""The suites, run on what an audit handed over: validation definitions, a checkpoint, Data Docs.

Great Expectations takes seconds to import: import this module only where its checkpoint is run.
"""

import logging
import os
import shutil
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

from warehouse.lean import put_off, uncollected

with uncollected(), put_off("altair", "scipy.stats"):
    import great_expectations as gx
from great_expectations.checkpoint.checkpoint import CheckpointResult as GreatCheckpointResult
from great_expectations.data_context.data_context.file_data_context import FileDataContext
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.data_context.types.resource_identifiers import ExpectationSuiteIdentifier

from expectations.declarations import RULES
from expectations.findings.handover import BROKEN_INVARIANTS, NAMES, REPORTS, edition_of
from expectations.findings.validation import ExpectationOutcome
from expectations.model import Rule
from expectations.suites.agreement import CheckpointError, CheckpointResult
from expectations.suites.building import WAREHOUSE, suites, warehouse_suite
from expectations.suites.data_docs import IndexPageView, PageView
from expectations.suites.duckdb_source import DuckDBDatasource, open_source

_SITE = "gouji"
_RUNS_KEPT = 10
_NAMED_REPORTS = 20
"""How many reports that break a rule its result names."""


def run_checkpoint(
    handover: Path, docs: Path, *, run_id: str, rules: Iterable[Rule] = RULES.values()
) -> CheckpointResult:
    """Run the suites on the file of :func:`expectations.findings.handover.hand_over`, and build its Data Docs.

    Rules are judged in the editions of the forms that its reports follow, and in no others. The context with suites and
    validations lives in ``docs/gx``, the site in ``docs/site``, with the latest ten runs.
    Raises :class:`CheckpointError` if an expectation could not be run.
    """
    with _quiet():
        context = _context(docs)
        with open_source(context, handover) as source:
            checkpoint = _checkpoint(context, source, rules)
            result = checkpoint.run(run_id=gx.RunIdentifier(run_name=run_id))
        _build_site(context, result)
    outcomes = tuple(_outcomes(result))
    return CheckpointResult(
        outcomes=tuple(each for each in outcomes if each.suite != WAREHOUSE),
        invariants=tuple(each for each in outcomes if each.suite == WAREHOUSE),
        index=docs / "site" / "index.html",
    )


def _checkpoint(context: FileDataContext, source: DuckDBDatasource, rules: Iterable[Rule]) -> gx.Checkpoint:
    """Let the suites of the rules ask the table of reports, that of the warehouse the table of what is broken."""
    reports, broken = (
        source.add_query_asset(table, query=f"SELECT * FROM {table}").add_batch_definition_whole_table(table)
        for table in (REPORTS, BROKEN_INVARIANTS)
    )
    made = suites(rules, _editions(source))
    definitions = [
        context.validation_definitions.add(
            gx.ValidationDefinition(name=suite.name, data=batch, suite=context.suites.add(suite))
        )
        for suite, batch in (*((suite, reports) for suite in made), (warehouse_suite(), broken))
    ]
    return context.checkpoints.add(
        gx.Checkpoint(
            name="rules",
            validation_definitions=definitions,
            result_format={
                "result_format": "SUMMARY",
                "partial_unexpected_count": _NAMED_REPORTS,
                "unexpected_index_column_names": list(NAMES),
            },
        )
    )


def _editions(source: DuckDBDatasource) -> set[str]:
    with source.get_execution_engine().get_connection() as connection:
        columns = connection.exec_driver_sql(f"FROM {REPORTS} LIMIT 0").keys()
    return {edition_of(column) for column in columns if column not in NAMES}


def _build_site(context: FileDataContext, result: GreatCheckpointResult) -> None:
    """Draw the pages of one run and of its suites, then the index: once, not suite by suite as GX's own action does."""
    suites_run = [ExpectationSuiteIdentifier(name=each.suite_name) for each in result.run_results.values()]
    context.build_data_docs(site_names=[_SITE], resource_identifiers=suites_run, build_index=False)
    context.build_data_docs(site_names=[_SITE], resource_identifiers=list(result.run_results))


def _context(docs: Path) -> FileDataContext:
    """Make the file context anew: all in it follows from the declarations, except the validations of earlier runs."""
    docs.mkdir(parents=True, exist_ok=True)
    _forget(docs)
    context = gx.get_context(mode="file", project_root_dir=docs)
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for name in list(context.get_site_names()):
        context.delete_data_docs_site(name)
    context.add_data_docs_site(
        _SITE,
        {
            "class_name": "SiteBuilder",
            "show_how_to_buttons": False,  # type: ignore[typeddict-unknown-key]
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder", "view": _view(IndexPageView)},
            "site_section_builders": {name: {"view": _view(PageView)} for name in ("expectations", "validations")},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str((docs / "site").resolve()),
            },
        },
    )
    return context


def _view(view: type) -> dict[str, str]:
    return {"module_name": view.__module__, "class_name": view.__name__}


def _forget(docs: Path) -> None:
    """Remove what is made anew, and all but the latest runs: the site grows, and slows, with every run it shows."""
    folder = docs / "gx"
    (folder / "great_expectations.yml").unlink(missing_ok=True)
    for name in ("checkpoints", "expectations", "validation_definitions"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for history in (folder / "uncommitted" / "validations", docs / "site" / "validations"):
        for of_suite in history.glob("*/"):
            runs = sorted(of_suite.glob("*/"), key=lambda run: run.stat().st_mtime_ns, reverse=True)
            for run in runs[_RUNS_KEPT - 1 :]:
                shutil.rmtree(run)


def _outcomes(result: GreatCheckpointResult) -> Iterator[ExpectationOutcome]:
    for suite_result in result.run_results.values():
        for each in suite_result.results:
            meta = each.expectation_config.meta if each.expectation_config else {}
            if cause := _raised(each.exception_info):
                raise CheckpointError(f"{suite_result.suite_name}: {meta['rule_id']} could not be run: {cause}")
            found = each.result
            yield ExpectationOutcome(
                suite=suite_result.suite_name,
                rule_id=meta["rule_id"],
                edition=meta["edition"],
                success=bool(each.success),
                evaluated=int(found.get("element_count", 1)) - int(found.get("missing_count", 0)),
                failed=int(found["unexpected_count"] if "unexpected_count" in found else found["observed_value"]),
            )


def _raised(information: Mapping[str, object]) -> str | None:
    """Return the first line of the exception that an expectation raised, if it did.

    The library keeps one exception's information, or one a metric.
    """
    for each in (information, *(value for value in information.values() if isinstance(value, dict))):
        if each.get("raised_exception"):
            return str(each.get("exception_message", "")).strip().partition("\n")[0]
    return None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's warnings and log lines off the screen."""
    logger = logging.getLogger("great_expectations")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
