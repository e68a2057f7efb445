"""``python -m samples``."""

from pathlib import Path

from click.testing import CliRunner

from samples.__main__ import main
from samples.portal import Portal


def written(directory: Path, *options: str) -> dict[str, bytes]:
    result = CliRunner().invoke(main, ["write", str(directory), *options])
    assert result.exit_code == 0, result.output
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_write_makes_as_many_files_as_asked_and_the_same_for_a_seed(tmp_path: Path) -> None:
    first = written(tmp_path / "a", "--reports", "20", "--seed", "5")
    assert len(first) == 20
    assert written(tmp_path / "b", "--reports", "20", "--seed", "5") == first
    assert written(tmp_path / "c", "--reports", "20", "--seed", "6") != first


def test_write_in_one_dress(tmp_path: Path) -> None:
    files = written(tmp_path, "--reports", "3", "--dress", "text")
    assert all(name.endswith(".txt") for name in files)
    assert all("政府信息公开".encode() in content for content in files.values())


def test_write_where_nothing_can_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(main, ["write", str(tmp_path / "file" / "below")])
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert "cannot write into" in result.output


def test_serve_on_a_taken_port_is_one_line() -> None:
    with Portal(port=0) as portal:
        result = CliRunner().invoke(main, ["serve", "--port", portal.url.rpartition(":")[2]])
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert "choose another --port" in result.output
