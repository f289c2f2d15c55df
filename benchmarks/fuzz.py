"""Coverage-guided fuzzing of the readers: inputs that reach new code are kept and changed further, for as long as told.

`make fuzz` gives each family of readers 20 minutes of CPU; `python benchmarks/fuzz.py html --seconds 60` tries one, and
`--replay FILE` runs one input again. It needs atheris (`pip install -e '.[fuzz]'`), and no one else needs it.
Counts are written to `counts.json` and, as a table, to `counts.md` beside the corpora and the findings under `--out`.

An input is one byte that says what kind of file it is, then what stands in the file. Whatever it is, loading it must
give rows that have a text or a reason, with segments that cover the text; `load_report` must add up; it must take at
most `CPU` seconds and `MEMORY` megabytes; and nothing may be raised but the `ValueError` that a table without a
text column is documented to give.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import pkgutil
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.fuzz_inputs import FAMILIES, WORDS, seeds  # noqa: E402

CPU = 5.0  # seconds of one input, of which instrumented code takes about twice as many as other code
WALL = 600  # seconds after which an input that no signal can stop counts as hanging, also on a busy machine
MEMORY = 2048  # megabytes
LONGEST = 24_000  # bytes of an input
REPEATED = 100_000  # bytes to which an input whose first byte is 255 is repeated, to find what is not linear


class TooSlow(BaseException):
    """No Exception, so that no reader takes it for damage."""


# ------------------------------------------------------------------ what must be true of every input


def loaded(source: Any, columns: dict[str, str]) -> None:
    """Load what was made from an input, and check what is promised of it."""
    from newslab.articles import load_articles
    from newslab.loading import load_report
    from newslab.segments import photos, segments

    try:
        articles = load_articles(source, columns=columns, progress=False)
    except ValueError as error:
        if isinstance(source, Path) or "column" not in str(error):
            raise
        return  # documented: a DataFrame without a column of text
    assert len(articles) >= 1
    assert articles["article_id"].is_unique
    report = load_report(articles).iloc[-1]
    assert report["documents"] == report["loaded"] + report["duplicates"] + report["refused"] == len(articles)
    for text, problem, markup in zip(articles["text"], articles["problem"], articles["markup"], strict=True):
        assert text or isinstance(problem, str)
        text.encode()
        markup = tuple(markup) if isinstance(markup, list | tuple) else ()
        pieces = segments(text, markup=markup)
        assert all(text[s.start : s.end] == s.text == s.text.strip() for s in pieces)
        assert sum(len("".join(s.text.split())) for s in pieces) == len("".join(text.split()))
        photos(text, segments=pieces, markup=markup)


def run_one(family: str, data: bytes) -> None:
    """One input, from bytes to checked rows, in a folder of its own."""
    kind, held = (data[0], data[1:]) if data else (0, b"")
    if kind == 255 and held:
        held = (held * (REPEATED // len(held) + 1))[:REPEATED]
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        signal.setitimer(signal.ITIMER_VIRTUAL, CPU)
        try:
            loaded(*FAMILIES[family](kind, held, Path(folder)))
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def too_slow(*_: object) -> None:
    raise TooSlow(f"more than {CPU} seconds")


def where(error: BaseException) -> str:
    """What went wrong and in which line of newslab: by it findings are told apart."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "newslab" in f.filename] or frames
    place = "a stretch of code" if isinstance(error, TooSlow) else f"{Path(ours[-1].filename).name}:{ours[-1].lineno}"
    return f"{type(error).__name__} in {place}"


# ------------------------------------------------------------------ the runs


def child(family: str, seconds: int, out: Path) -> None:
    """Fuzz in this process: what is found is kept, and the run goes on; what kills the process, the parent sees."""
    import atheris

    with atheris.instrument_imports(include=["newslab"]):
        import newslab.articles
        import newslab.loading
        import newslab.photos  # noqa: F401

        for package in ("newslab.readers", "newslab.webpage", "newslab.layout"):
            for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
                importlib.import_module(f"{package}.{module.name}")
    signal.signal(signal.SIGVTALRM, too_slow)

    begun = time.process_time()

    def test_one_input(data: bytes) -> None:
        if time.process_time() - begun > seconds:
            os.kill(os.getpid(), signal.SIGUSR1)  # libFuzzer stops and says how far it came
        try:
            run_one(family, data)
        except (Exception, TooSlow) as error:
            kept(error, data, out / "findings")

    dictionary = out / "words"
    words = [word.replace("~", " ").replace("$", "\n").encode() for word in WORDS[family].split(" ")]
    quoted = ['"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in words]
    dictionary.write_text("\n".join(quoted), encoding="ascii")
    options = [f"-max_len={LONGEST}", f"-timeout={WALL}", f"-rss_limit_mb={MEMORY}"]
    options += [f"-report_slow_units={WALL}"]
    options += [f"-artifact_prefix={out / 'findings'}/", f"-dict={dictionary}", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(out / "corpus")], test_one_input)
    atheris.Fuzz()


def kept(error: BaseException, data: bytes, folder: Path) -> None:
    """Write a finding down, the shortest input of each kind."""
    name = re.sub(r"\W+", "_", where(error))
    held = folder / f"{name}.input"
    if not held.exists() or held.stat().st_size > len(data):
        held.write_bytes(data)
        (folder / f"{name}.txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")


def fuzz(family: str, seconds: int, out: Path) -> dict[str, Any]:
    """Run a family for a while, in a process that is started anew when an input kills it; the counts."""
    out = out / family
    for folder in ("corpus", "findings"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for data in seeds(family):
        (out / "corpus" / sha256(data).hexdigest()[:16]).write_bytes(data)
    begun, runs, executions, edges, features, peak = time.monotonic(), 0, 0, 0, 0, 0
    worked = _cpu()
    while (left := seconds - int(_cpu() - worked)) > 5 and runs < 20:
        runs += 1
        command = [sys.executable, __file__, family, "--child", "--seconds", str(left), "--out", str(out)]
        with (out / f"log{runs}.txt").open("w", encoding="utf-8") as log:
            subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False, cwd=ROOT)
        told = (out / f"log{runs}.txt").read_text(encoding="utf-8", errors="replace")
        lines = re.findall(r"#(\d+)\s.*?cov: (\d+) ft: (\d+)", told)
        final = re.search(r"number_of_executed_units: (\d+)", told)
        executions += int(final[1]) if final else int(lines[-1][0]) if lines else 0
        edges, features = (max(edges, int(lines[-1][1])), max(features, int(lines[-1][2]))) if lines else (0, 0)
        peak = max([peak, *map(int, re.findall(r"(?:rss: |peak_rss_mb: )(\d+)", told))])
    cpu = int(_cpu() - worked)
    found = sorted(p.name for p in (out / "findings").iterdir() if not p.name.endswith(".txt"))
    held = len(list((out / "corpus").iterdir()))
    return {
        "reader": family, "seconds": int(time.monotonic() - begun), "CPU seconds": cpu, "executions": executions,
        "edges": edges, "features": features, "inputs kept": held, "peak MB": peak, "findings": found,
    }  # fmt: skip


def _cpu() -> float:
    """CPU seconds of the processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def told(counts: list[dict[str, Any]]) -> str:
    """The counts as a table."""
    names = list(counts[0]) if counts else []
    rows = [[f"{v:,}" if isinstance(v, int) else ", ".join(v) or "none" if isinstance(v, list) else v
             for v in row.values()] for row in counts]  # fmt: skip
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz the readers, guided by coverage.")
    parser.add_argument("families", nargs="+", choices=[*FAMILIES, "all"])
    parser.add_argument("--seconds", type=int, default=1200, help="of CPU, for each reader")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "fuzz")
    parser.add_argument("--replay", type=Path, help="run this input once and show what it raises")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.replay:
        signal.signal(signal.SIGVTALRM, too_slow)
        begun = time.process_time()
        run_one(asked.families[0], asked.replay.read_bytes())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"in order: {time.process_time() - begun:.2f} s, {memory} MB")
        return
    if importlib.util.find_spec("atheris") is None:
        sys.exit("fuzz.py: atheris is not installed. Run: python -m pip install -e '.[fuzz]'")
    if asked.child:
        child(asked.families[0], asked.seconds, asked.out)
        return
    counts: list[dict[str, Any]] = []
    for family in FAMILIES if "all" in asked.families else asked.families:
        counts.append(fuzz(family, asked.seconds, asked.out))
        print(told(counts[-1:]).splitlines()[-1], flush=True)
        (asked.out / "counts.json").write_text(json.dumps(counts, indent=1), encoding="utf-8")
        (asked.out / "counts.md").write_text(told(counts), encoding="utf-8")


if __name__ == "__main__":
    main()
