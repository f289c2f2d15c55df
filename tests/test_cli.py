import json
import subprocess
import sys

import pytest

from newslab.__main__ import main
from newslab.notes import load_notes

TEXT = "Ferry sinks\n\nAt least 41 people were killed, the harbour authority said. <b>Nobody</b> was left.\n"


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSLAB_CACHE", str(tmp_path / "cache"))
    (tmp_path / "page.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "page.txt"


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
def test_annotate_writes_the_tables(page, tmp_path, capsys, format):
    assert main(["annotate", str(page), "--out", str(tmp_path / "out"), "--format", format]) == 0
    notes = load_notes(tmp_path / "out")
    assert notes.quantities["text"].tolist() == ["At least 41"]
    assert notes.statements["speaker"].tolist() == ["harbour authority"]
    assert "1 articles" in capsys.readouterr().out


def test_jsonl_rows_keep_their_id_and_some_problems_make_exit_status_1(tmp_path, page, capsys):
    lines = [json.dumps({"id": "x/1", "text": TEXT}), "{broken", json.dumps({"id": "x/3", "text": ""})]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["annotate", str(tmp_path / "in.jsonl"), "--out", str(tmp_path / "out"), "--format", "jsonl"]) == 1
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 2
    assert "line 2: not JSON" in errors[0]
    rows = [json.loads(line) for line in (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[0]["article_id"] == "x/1"
    assert len(rows) == 3


def test_nothing_to_read_is_exit_status_2_with_the_reason(tmp_path, page, capsys):
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    for source in (tmp_path / "empty.txt", tmp_path / "nope.txt"):
        assert main(["annotate", str(source), "--out", str(tmp_path / "out")]) == 2
        assert source.name in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_show_writes_one_page_in_which_the_article_is_inert(page, tmp_path):
    assert main(["show", str(page), "--out", str(tmp_path / "page.html")]) == 0
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "harbour authority" in html
    assert "&lt;b&gt;" in html
    assert "<b>" not in html
    assert main(["show", str(page), "--article", "nope", "--out", str(tmp_path / "x.html")]) == 2


def test_score_prints_figures_for_a_gold_file(page, tmp_path, capsys):
    assert main(["annotate", str(page), "--out", str(tmp_path / "out")]) == 0
    figure = {"start": 13, "end": 24, "text": "At least 41", "value": 41, "unit": None, "bound": "at least"}
    headline = {"part": "headline", "start": 0, "end": 11, "text": "Ferry sinks"}
    gold = {"article": "page.txt", "segments": [headline], "figures": [figure]}
    (tmp_path / "page.json").write_text(json.dumps(gold), encoding="utf-8")
    capsys.readouterr()
    assert main(["score", "--gold", str(tmp_path / "page.json"), "--found", str(tmp_path / "out")]) == 0
    assert "figures" in capsys.readouterr().out
    assert main(["score", "--gold", str(tmp_path / "page.json"), "--found", str(tmp_path / "nope")]) == 2


def test_the_module_runs_as_a_command_and_explains_itself():
    done = subprocess.run([sys.executable, "-m", "newslab", "--help"], capture_output=True, text=True, check=True)
    for command in ("annotate", "show", "score"):
        assert command in done.stdout
