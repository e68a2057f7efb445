"""The suites, run on a warehouse file by Great Expectations: validation definitions, a checkpoint, Data Docs.

Great Expectations takes seconds to import: import this module only where its checkpoint is run.
"""

import logging
import os
import shutil
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

import great_expectations as gx
from great_expectations.checkpoint.checkpoint import CheckpointResult as GreatCheckpointResult
from great_expectations.data_context.data_context.file_data_context import FileDataContext
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.data_context.types.resource_identifiers import ExpectationSuiteIdentifier

from expectations.declarations import RULES
from expectations.findings.validation import ExpectationOutcome, beside
from expectations.model import ACROSS_YEARS, Rule
from expectations.relations import current_cells
from expectations.suites.building import WAREHOUSE, suites, warehouse_suite
from expectations.suites.data_docs import IndexPageView, PageView
from expectations.suites.duckdb_source import DuckDBDatasource, open_source
from warehouse.errors import GoujiError

_SITE = "gouji"
_RUNS_KEPT = 10


class CheckpointError(GoujiError):
    """Great Expectations could not run an expectation: an error of ours, never a broken rule."""


@dataclass(frozen=True)
class CheckpointResult:
    """The outcomes of the rules in one run, those of the warehouse's own invariants (a broken one is an error of
    ours), and the page that its Data Docs start with.
    """

    outcomes: tuple[ExpectationOutcome, ...]
    invariants: tuple[ExpectationOutcome, ...]
    index: Path

    @property
    def success(self) -> bool:
        """Whether every rule held everywhere."""
        return all(outcome.success for outcome in self.outcomes)


def run_checkpoint(
    database: Path,
    docs: Path,
    *,
    run_id: str,
    years: Iterable[int] | None = None,
    rules: Iterable[Rule] = RULES.values(),
) -> CheckpointResult:
    """Run every suite on the current reports of a warehouse file, opened read-only, and build its Data Docs.

    The file must not be open for writing in this process. The context with suites and validations lives in
    ``docs/gx``, the site in ``docs/site``, with the latest ten runs. Raises :class:`CheckpointError` if an
    expectation could not be run.
    """
    years = None if years is None else tuple(years)
    with _quiet():
        context = _context(docs)
        with open_source(context, database) as source:
            checkpoint = _checkpoint(context, source, years, rules)
            result = checkpoint.run(run_id=gx.RunIdentifier(run_name=run_id))
        _build_site(context, result)
    outcomes = tuple(_outcomes(result))
    return CheckpointResult(
        outcomes=tuple(each for each in outcomes if each.suite != WAREHOUSE),
        invariants=tuple(each for each in outcomes if each.suite == WAREHOUSE),
        index=docs / "site" / "index.html",
    )


def _checkpoint(
    context: FileDataContext, source: DuckDBDatasource, years: Sequence[int] | None, rules: Iterable[Rule]
) -> gx.Checkpoint:
    """Let every suite ask the cells of some years, those across the years also the cells of the years beside."""
    batches = {
        name: source.add_query_asset(
            name, query=f"SELECT * FROM {current_cells(asked)} AS cells"
        ).add_batch_definition_whole_table("current reports")
        for name, asked in (("cells", years), ("cells-beside", beside(years)))
    }
    definitions = [
        context.validation_definitions.add_or_update(
            gx.ValidationDefinition(
                name=suite.name,
                data=batches["cells-beside" if suite.name == ACROSS_YEARS else "cells"],
                suite=context.suites.add_or_update(suite),
            )
        )
        for suite in (*suites(rules), warehouse_suite())
    ]
    return context.checkpoints.add_or_update(
        gx.Checkpoint(
            name="rules",
            validation_definitions=definitions,
            result_format="COMPLETE",
        )
    )


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
            yield ExpectationOutcome(
                suite=suite_result.suite_name,
                rule_id=meta["rule_id"],
                edition=meta["edition"],
                success=bool(each.success),
                failed=int(each.result["observed_value"]),
            )


def _raised(information: dict[str, Any]) -> str | None:
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
