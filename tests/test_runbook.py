"""Every code that the code base can give is declared, every declared one is given, and each says what to do."""

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tasks.runbook import RUNBOOK, kind_of
from tests import REPOSITORY

RECOGNISE = ast.parse((REPOSITORY / "tasks" / "fetch" / "recognise.py").read_text(encoding="utf-8"))
"""Its functions return codes."""
DECLARED = {code for kinds in RUNBOOK.values() for code in kinds}
KINDS = [(stage, kind) for stage, kinds in RUNBOOK.items() for kind in kinds.values()]


@cache
def modules() -> list[ast.Module]:
    return [
        ast.parse(path.read_text(encoding="utf-8"), str(path))
        for folder in ("tasks", "flows")
        for path in sorted((REPOSITORY / folder).rglob("*.py"))
        if path.name != "problems.py"
    ]


def nodes(kind: type | tuple[type, ...]) -> Iterator:
    return (node for module in modules() for node in ast.walk(module) if isinstance(node, kind))


def takers_of_codes() -> dict[str, int]:
    """What is called with a problem's code, and at which position: the records, and whatever has such a parameter."""
    takers = {"Problem": 2, "problem": 1, "FetchError": 0}
    for kind in nodes((ast.FunctionDef, ast.ClassDef)):
        for function in kind.body if isinstance(kind, ast.ClassDef) else [kind]:
            if isinstance(function, ast.FunctionDef) and function.name in (kind.name, "__init__"):
                names = [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]
                if "code" in names and {"item", "detail", "index"} & set(names):
                    takers[kind.name] = names.index("code")
    return takers


def expressions_of_codes() -> Iterator[ast.AST]:
    """Whatever stands where a problem's code is called for: as an argument, a value of ``code``, or beside a detail."""
    takers = takers_of_codes()
    for call in nodes(ast.Call):
        name = getattr(call.func, "id", getattr(call.func, "attr", None))
        if name in takers:
            yield from call.args[takers[name] : takers[name] + 1]
            yield from (keyword.value for keyword in call.keywords if keyword.arg == "code")
    for assignment in nodes(ast.Assign):
        if any(getattr(target, "id", None) == "code" for target in assignment.targets):
            yield assignment.value
    for pair in nodes(ast.Tuple):
        if len(pair.elts) == 2 and (
            isinstance(pair.elts[1], ast.JoinedStr) or getattr(pair.elts[1], "id", "") == "detail"
        ):
            yield pair.elts[0]
    yield from (node.value for node in ast.walk(RECOGNISE) if isinstance(node, ast.Return) and node.value)


def given_codes() -> set[str]:
    return {
        node.value
        for expression in expressions_of_codes()
        for node in ast.walk(expression)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
    }


def test_exactly_the_codes_that_can_be_given_are_declared_in_the_problems_of_their_stage():
    assert given_codes() == DECLARED


@pytest.mark.parametrize(("stage", "kind"), KINDS, ids=[f"{stage}-{kind.code}" for stage, kind in KINDS])
def test_a_code_says_why_and_what_to_do(stage, kind):
    assert kind_of(stage, kind.code) is kind
    for chinese in (kind.cause.chinese, kind.remedy.chinese):
        assert len(chinese) >= 5
        assert any("一" <= character <= "鿿" for character in chinese)
    for english in (kind.cause.english, kind.remedy.english):
        assert len(english) >= 10
        assert english.isascii()


def test_discovery_gives_the_codes_of_fetching_too():
    assert kind_of("discover", "unreachable") is kind_of("fetch", "unreachable")
    assert kind_of("discover", "year_unknown") is not kind_of("extract", "year_unknown")


@pytest.mark.parametrize("stage", ["discover", "fetch", "extract", "load", "a_stage_of_the_future"])
def test_a_code_of_another_version_is_explained_as_one(stage):
    kind = kind_of(stage, "of_the_future")
    assert kind.code == "of_the_future"
    assert "another version" in kind.cause.english
    assert "另一版本" in kind.cause.chinese
    assert kind.remedy.chinese
    assert kind.remedy.english.isascii()
