"""Keep the documents true: run the commands that they show, and write what the code says of itself.

`.venv/bin/python tools/write_docs.py` rewrites README, CONTRIBUTING and docs in place; the
docs test fails where that would change anything. Two things are written:

- the output under each `$ behind ...` of a ```console block, and under each `$ python3 ...`,
  which is run without any package, as by a stranger; a line `...` stands for any lines, and
  an output that has changed is shortened at the same places again;
- what stands between `<!-- begin: NAME -->` and `<!-- end -->`, from the code.
"""

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, time
from difflib import get_close_matches
from pathlib import Path
from unittest.mock import patch

from standsbehind.cli.entry import HELP_FILE
from standsbehind.cli.main import VERBS, behind
from standsbehind.cli.main import main as run_behind
from standsbehind.cli.session import Session
from standsbehind.connectors.dataset import Dataset, Part, dataset_ids, load_dataset
from standsbehind.graph.reader import Reader
from standsbehind.publishing.home import BUILT_IN
from standsbehind.reports.picture import draw_path
from standsbehind.resolution.numbers import Rule, rules
from standsbehind.standards.commitments import RULE
from standsbehind.standards.norms import Norm, load_standard
from standsbehind.standards.ownership_tests import load_ownership_tests
from standsbehind.standards.programs import load_programs
from standsbehind.standards.provisions import LAW_AS_OF
from standsbehind.standards.terms import MEANINGS
from standsbehind.store import snapshot
from standsbehind.tracing.hubs import CAPS, ORDINARY
from standsbehind.tracing.paths import Question, trace

__all__ = ["GAP", "PICTURE", "ROOT", "Stage", "documents", "refit"]

ROOT = Path(__file__).resolve().parents[1]
TODAY = datetime.combine(LAW_AS_OF, time(12), UTC)
"""The moment at which every example is run, so that it prints the same on any day."""

GAP = "..."
"""A line that stands for any lines of an output."""

_INTERNAL_ERROR = 4
_SHELL = frozenset({"|", ">", "<", "&&", ";"})
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_REGION = re.compile(
    r"^<!-- begin: (\w+) -->\n.*?^<!-- end -->$", re.DOTALL | re.MULTILINE
)
_SNAPSHOT = re.compile(r"\b(\d{4})[\d.]{4}-[0-9a-f.]{12}")


PICTURE = ROOT / "docs" / "amazon-xinjiang.svg"
CHAIN = (
    "core-amazon",
    "core-zhejiang-dahua",
    "core-d-dahua-xj-5",
    "core-pl-xinjiang",
)


def documents() -> list[Path]:
    """List the documents that are kept true."""
    named = (ROOT / "README.md", ROOT / "CONTRIBUTING.md")
    found = (*named, *sorted((ROOT / "docs").rglob("*.md")))
    return [path for path in found if path.is_file()]


@dataclass(frozen=True, slots=True)
class Stage:
    """A folder in which the examples run, each document with a data folder of its own."""

    folder: Path

    def prepare(self) -> None:
        """Put the built-in data in place once; documents begin with copies of it."""
        _run("$ behind build", self.folder / "built-in")

    def picture(self) -> str:
        """Return the picture of the README: the article's chain, as a report draws it."""
        reader = Reader(snapshot.current(self.folder / "built-in" / "snapshots"))
        question = Question((CHAIN[0],), (CHAIN[-1],), max_hops=3, limit=100)
        paths = trace(reader, question).paths
        path = next(path for path in paths if path.entities == CHAIN)
        names = {e: reader.caption(e) for e in path.entities}
        drawn = str(draw_path(path, names))
        # An image in a page has no text around it to take its colour from.
        return (
            drawn.replace("<svg ", '<svg style="color:#111;background:#fff" ', 1) + "\n"
        )

    def fresh(self, path: Path) -> str:
        """Return the document as it should be."""
        data = self.folder / "-".join(path.relative_to(ROOT).parts)
        shutil.copytree(self.folder / "built-in", data)
        text = _REGION.sub(_written, path.read_text("utf-8"))
        return _BLOCK.sub(lambda block: _fresh_block(block[1], data), text)


def _fresh_block(body: str, data: Path) -> str:
    lines: list[str] = []
    for command, shown in _commands(body):
        is_run = command.startswith(("$ behind ", "$ python3 "))
        now = refit(shown, _run(command, data)) if is_run else shown
        lines.extend((command, *now))
    return "```console\n" + "".join(f"{line}\n" for line in lines) + "```"


def _commands(body: str) -> Iterator[tuple[str, list[str]]]:
    """Take a block apart: each command with the lines that are shown under it."""
    starts = re.split(r"^(?=\$ )", body, flags=re.MULTILINE)
    for part in filter(None, starts):
        command, *shown = map(str.rstrip, part.splitlines())
        yield command, shown


def _run(command: str, data: Path) -> list[str]:
    """Run one command and return the lines of both its streams."""
    _, program, *words = shlex.split(command)
    if _SHELL & set(words):
        message = f"{command}: there is no shell here; shorten with a line {GAP}"
        raise ValueError(message)
    if program == "python3":
        return _without_packages(words)
    code, printed = _printed(words, data)
    if code == _INTERNAL_ERROR:
        raise RuntimeError(f"{command}: {printed}")
    return [_nameless(line.rstrip()) for line in printed.rstrip().splitlines()]


def _without_packages(words: Sequence[str]) -> list[str]:
    """Run Python alone, as somebody would who has nothing of ours."""
    run = subprocess.run(
        [sys.executable, "-I", "-S", *words],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return run.stdout.rstrip().splitlines()


def _printed(words: Sequence[str], data: Path) -> tuple[object, str]:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="utf-8", write_through=True)
    pipe = {"BEHIND_DATA": str(data), "COLUMNS": "80", "FORCE_COLOR": ""}
    with (
        chdir(ROOT),
        patch.dict(os.environ, pipe),
        patch.object(Session, "now", TODAY),
        redirect_stdout(stream),
        redirect_stderr(stream),
    ):
        try:
            run_behind(words)
        except SystemExit as leaving:
            return leaving.code, written.getvalue().decode()
    raise AssertionError(words)


def _nameless(line: str) -> str:
    """Print the id of a snapshot as `2026....-............`: it changes with the data."""
    return _SNAPSHOT.sub(r"\1....-............", line)


def refit(shown: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Show what was printed, shortened where it is shown shortened now.

    First and last lines stay first and last; a passage between them goes where its first
    line has its like. Raises ValueError where a shown passage is like nothing that was printed.
    """
    if shown and _fits(shown, printed):
        return list(shown)
    if GAP not in shown:
        return list(printed)
    first, *middle, last = _passages(shown)
    lines = list(printed[: len(first)])
    for passage in middle:
        lines.extend((GAP, *_like(passage, printed)))
    return [*lines, GAP, *printed[len(printed) - len(last) :]]


def _fits(shown: Sequence[str], printed: Sequence[str]) -> bool:
    said = (
        r"(?:.*\n)*?" if line == GAP else re.escape(_nameless(line)) + r"\n"
        for line in shown
    )
    text = "".join(f"{line}\n" for line in printed)
    return re.fullmatch("".join(said), text) is not None


def _passages(shown: Sequence[str]) -> list[list[str]]:
    passages: list[list[str]] = [[]]
    for line in shown:
        if line == GAP:
            passages.append([])
        else:
            passages[-1].append(line)
    return passages


def _like(passage: Sequence[str], printed: Sequence[str]) -> Sequence[str]:
    near = get_close_matches(passage[0], printed, n=1)
    if not near:
        message = f"{passage[0]!r} is printed no longer; shorten the example by hand"
        raise ValueError(message)
    start = printed.index(near[0])
    return printed[start : start + len(passage)]


def _written(region: re.Match[str]) -> str:
    name = region[1]
    return f"<!-- begin: {name} -->\n\n{_WRITERS[name]().strip()}\n\n<!-- end -->"


def _verbs() -> str:
    """Write a section for each verb; its help is then filled in as any output is."""
    return "\n".join(
        f"### behind {verb}\n\n```console\n$ behind {verb} --help\n```\n"
        for verb in VERBS
    )


def _sources() -> str:
    return "\n".join(_source(load_dataset(name)) for name in dataset_ids())


def _source(dataset: Dataset) -> str:
    head = f"`{dataset.id}`: published by {dataset.publisher}, <{dataset.url}>."
    said = (
        f"### {dataset.title}\n",
        f"{head} Licence: {dataset.licence}.\n",
        f"{dataset.notes.strip()}\n",
        f"{_proof(dataset)}\n",
    )
    return "\n".join((*said, *_parts(dataset)))


def _proof(dataset: Dataset) -> str:
    if dataset.released:
        return f"It ships with the package; this edition is of {dataset.released}."
    named = ", ".join(dataset.expect.canaries)
    whole = f"A copy counts as whole from {dataset.expect.min_rows:,} records on"
    whole += f", with {named} among them." if named else "."
    if dataset.unproven:
        return f"**Not proven on a real file yet:** {dataset.unproven.strip()} {whole}"
    return f"Proven on a copy as published. {whole}"


def _parts(dataset: Dataset) -> Iterator[str]:
    if dataset.released:
        if dataset.id != BUILT_IN:
            yield f"```sh\nbehind pull {dataset.id}\n```\n"
        return
    yield "| part | address | a copy is known by its name |"
    yield "|---|---|---|"
    for part in dataset.parts:
        name = part.role if part.required else f"{part.role} (may be left out)"
        address = f"<{part.url}>" if part.url else "none that is stable"
        patterns = ", ".join(f"`{pattern}`" for pattern in part.patterns)
        yield f"| {name} | {address} | {patterns} |"
    copies = " ".join(map(_argument, dataset.parts))
    yield f"\n```sh\nbehind pull {dataset.id} {copies}\n```\n"


def _argument(part: Part) -> str:
    given = f"--file {part.role.upper()}"
    return given if part.required else f"[{given}]"


def _programs() -> str:
    rows = ["| program | law of | binds | what it is not |", "|---|---|---|---|"]
    for program in load_programs().values():
        bound = "; ".join(dict.fromkeys(p.bound_as for p in program.provisions))
        name = f"{program.title} (`{program.id}`)"
        rows.append(
            f"| {name} | {program.jurisdiction} | {bound} | {program.not_this.strip()} |"
        )
    return "\n".join(rows)


def _numbers() -> str:
    """Write the numbers that make records one, and why."""
    rows = [
        f"| `{rule.kind}` | {_within(rule)} | {' '.join(rule.why.split())} |"
        for rule in rules().values()
    ]
    return "\n".join(("| number | of | why |", "|---|---|---|", *rows))


def _within(rule: Rule) -> str:
    if rule.datasets:
        return ", ".join(f"`{name}`" for name in rule.datasets)
    if rule.within:
        return f"one country, but not {', '.join(rule.not_in)}"
    return "the world"


def _tests() -> str:
    rows = ["| test | asks | of whom | since | state |", "|---|---|---|---|---|"]
    for test in load_ownership_tests().values():
        for moment in test.moments:
            period = moment.period
            asks = moment.share.words if moment.share else "that a source states it"
            asks += ", or that a source states it" * bool(
                moment.share and test.relations
            )
            days = f"{period.start or 'the listing'}" + (
                f" to {period.last}" if period.last else ""
            )
            lists = ", ".join(f"`{program}`" for program in test.programs)
            state = period.state.replace("_", " ")
            rows.append(
                f"| {test.title} (`{test.id}`) | {asks} | {lists} | {days} | {state} |"
            )
    return "\n".join(rows)


def _hubs() -> str:
    rows = ["| links of type | at most | because |", "|---|---|---|"]
    rows += [f"| {name} | {cap.most:,} | {cap.why} |" for name, cap in CAPS.items()]
    return "\n".join((*rows, f"| any other | {ORDINARY.most:,} | {ORDINARY.why} |"))


def _classes() -> str:
    """Write the classes of the standard: elements, thresholds, severity and texts."""
    return "\n".join(map(_norm, load_standard().norms))


def _norm(norm: Norm) -> str:
    rows = [f"### {norm.id} {norm.title}\n", f"{norm.summary}\n"]
    rows += ["| element | is shown by | threshold |", "|---|---|---|"]
    for element in norm.elements:
        terms = "; or ".join(MEANINGS[term] for term in element.any)
        threshold = element.threshold.replace("_", " ")
        rows.append(f"| {element.id}: {element.says} | {terms} | {threshold} |")
    mitigating = "; ".join(MEANINGS[term] for term in norm.mitigating) or "nothing"
    grave = norm.severity
    rows.append(f"\nMitigating: {mitigating}.")
    rows.append(
        f"Severity, 0 to 3: scale {grave.scale}, scope {grave.scope}, irremediability "
        f"{grave.irremediability}. {grave.reason}"
    )
    texts = (
        f"[{text.title}]({text.href})" + (" (unverified)" if text.unverified else "")
        for text in norm.texts
    )
    rows.append(f"Texts: {'; '.join(texts)}.\n")
    return "\n".join(rows)


def _states() -> str:
    """Write the rule by which a commitment stands."""
    rows = [f"| {state} | {when} |" for state, when in RULE.items()]
    return "\n".join(("| stands | when |", "|---|---|", *rows))


_WRITERS: dict[str, Callable[[], str]] = {
    "verbs": _verbs,
    "sources": _sources,
    "programs": _programs,
    "classes": _classes,
    "states": _states,
    "numbers": _numbers,
    "tests": _tests,
    "hubs": _hubs,
}


def main() -> None:
    """Rewrite what is not as it should be, and name it."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        stage.prepare()
        rewrite(HELP_FILE, help_text())
        rewrite(PICTURE, stage.picture())
        for path in documents():
            rewrite(path, stage.fresh(path))


def help_text() -> str:
    """Return what `behind --help` prints."""
    context = behind.make_context("behind", [], resilient_parsing=True)
    return behind.get_help(context) + "\n"


def rewrite(path: Path, text: str) -> None:
    """Write a file that is not as it should be, and name it."""
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")
        sys.stdout.write(f"rewritten: {path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
