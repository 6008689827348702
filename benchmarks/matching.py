"""Measure our matcher beside others: quality, persons, speed and scale, each in one run.

Run `.venv/bin/python benchmarks/matching.py quality` (or persons, speed, scale) from the
repository, then `... table --write` to bring the results into README.md.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from side_by_side.machine import ROOT, described, tell_machine

RESULTS = ROOT / "benchmarks" / "results"
README = ROOT / "benchmarks" / "README.md"


def quality(asked: argparse.Namespace) -> dict[str, Any]:
    from side_by_side.quality import measure_quality  # noqa: PLC0415

    return measure_quality(asked.data)


def persons(asked: argparse.Namespace) -> dict[str, Any]:
    from side_by_side.persons import measure_persons  # noqa: PLC0415

    return measure_persons(asked.data, asked.negatives, asked.sample)


def speed(asked: argparse.Namespace) -> dict[str, Any]:
    from side_by_side.speed import measure_speed  # noqa: PLC0415

    return measure_speed(asked.data, asked.queries, asked.repeats)


def scale(asked: argparse.Namespace) -> dict[str, Any]:
    from side_by_side.scale import measure_scale  # noqa: PLC0415

    return measure_scale(asked.data, asked.rows, asked.names)


def told(measure: str, result: dict[str, Any]) -> str:
    """Write a result in Markdown, by the module that measured it."""
    if measure == "quality":
        from side_by_side.quality import tell_quality as tell  # noqa: PLC0415
    elif measure == "persons":
        from side_by_side.persons import tell_persons as tell  # noqa: PLC0415
    elif measure == "speed":
        from side_by_side.speed import tell_speed as tell  # noqa: PLC0415
    else:
        from side_by_side.scale import tell_scale as tell  # noqa: PLC0415
    return tell(result)


MEASURES: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "quality": quality,
    "persons": persons,
    "speed": speed,
    "scale": scale,
}


def run(measure: str, asked: argparse.Namespace) -> None:
    """Measure, print, and keep the result as JSON."""
    machine = described()
    result = MEASURES[measure](asked)
    machine["versions"] = {**machine["versions"], **result.pop("peers", {})}  # type: ignore[dict-item]
    machine["load_after"] = described()["load"]
    tell_machine(machine)
    print(f"\n{told(measure, result)}")
    path = asked.keep or RESULTS / f"matching-{measure}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"machine": machine, "result": result}
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def table(asked: argparse.Namespace) -> None:
    """Print the kept results; with --write, put them between the markers of the README."""
    text = README.read_text()
    for measure in MEASURES:
        path = RESULTS / f"matching-{measure}.json"
        if not path.exists():
            continue
        kept = json.loads(path.read_text())
        section = f"{_measured_on(kept['machine'])}\n\n{told(measure, kept['result'])}"
        text = between_markers(text, measure, section)
        print(f"\n### {measure}\n\n{section}")
    if asked.write:
        README.write_text(text)


def _measured_on(machine: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {v}" for name, v in machine["versions"].items())
    load = " to ".join(f"{machine[key][0]:.1f}" for key in ("load", "load_after"))
    return (
        f"`{machine['command']}`, {machine['measured']}: {machine['cores']} cores ({machine['cpu']}), "
        f"{machine['memory_gib']:.0f} GiB, load {load}, Python {machine['python']}; {versions}."
    )


def between_markers(text: str, measure: str, section: str) -> str:
    """Replace what stands between the markers of a measure."""
    start, end = f"<!-- matching:{measure} -->", f"<!-- /matching:{measure} -->"
    if text.count(start) != 1 or text.count(end) != 1:
        message = f"README.md: {start} and {end} must each stand there once"
        raise SystemExit(message)
    before, _, rest = text.partition(start)
    _, _, after = rest.partition(end)
    return f"{before}{start}\n{section}\n{end}{after}"


def arguments() -> argparse.ArgumentParser:
    """Say what may be asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--shared",
        type=Path,
        default=ROOT.parent / "shared",
        help="the folder of official files",
    )
    shared.add_argument("--keep", type=Path, help="where the JSON goes instead")
    verbs = parser.add_subparsers(dest="measure", required=True)
    verb = verbs.add_parser("quality", parents=[shared], help="labelled pairs")
    verb.add_argument(
        "--wrong",
        metavar="SET",
        help="what ours alone misses in a dev set, and its measures",
    )
    verb = verbs.add_parser("persons", parents=[shared], help="altered names of the UN")
    verb.add_argument("--all", action="store_true", help="all 50,000 negatives")
    verb.add_argument("--negatives", type=int, default=5_000)
    verb.add_argument("--sample", type=int, default=300, help="queries for logic-v2")
    verb = verbs.add_parser("speed", parents=[shared], help="cold distinct queries")
    verb.add_argument("--queries", type=int, default=110_000)
    verb.add_argument("--repeats", type=int, default=3)
    verb = verbs.add_parser("scale", parents=[shared], help="a million by a million")
    verb.add_argument("--rows", type=int, default=1_000_000)
    verb.add_argument("--names", type=int, default=1_000_000)
    verb = verbs.add_parser("table", help="the kept results, for the README")
    verb.add_argument("--write", action="store_true")
    return parser


def main() -> None:
    asked = arguments().parse_args()
    if asked.measure == "table":
        table(asked)
        return
    asked.data = asked.shared / "data"
    if not asked.data.is_dir():
        raise SystemExit(f"{asked.shared}: no folder of official files; give --shared")
    if getattr(asked, "all", False):
        asked.negatives = 50_000
    if getattr(asked, "wrong", None):
        tell_wrong(asked)
        return
    run(asked.measure, asked)


def tell_wrong(asked: argparse.Namespace) -> None:
    """Print the pairs of a development set on which ours errs."""
    from side_by_side.quality import wrong_ones  # noqa: PLC0415

    wrong, at = wrong_ones(asked.data, asked.wrong)
    for score, pair in wrong:
        said = "missed" if pair.is_match else "taken "
        print(f"{said} {score:.2f}  {pair.category}: {pair.left} ~ {pair.right}")
    print(f"P {at.precision:.3f}  R {at.recall:.3f}  F1 {at.f1:.3f}")


if __name__ == "__main__":
    main()
