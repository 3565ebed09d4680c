"""Brings docs/performance.md up to date: ``python -m service.bench.page RUN.json PAGE.md PLOT.svg``."""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import BadInput
from service.bench.plot import growth_plot
from service.bench.report import GROWTH_HEAD, asked_table, growth_table, number, table, typical

_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"


def refreshed(page: str, document: Mapping[str, Any]) -> str:
    """Return the page with what stands between its marks made anew; raises BadInput where it has no marks."""
    parts = re.split(f"{re.escape(_BEGIN)}|{re.escape(_END)}", page)
    if len(parts) != 3:
        raise BadInput(f"the page needs the marks '{_BEGIN}' and '{_END}', once each")
    return f"{parts[0]}{_BEGIN}\n{figures(document)}{_END}{parts[2]}"


def figures(document: Mapping[str, Any]) -> str:
    """Return the bench's figures in Markdown: the machine, what was asked, everything, and where the time goes."""
    machine, size = document["machine"], typical(document["sizes"])
    versions = ", ".join(f"{name} {held}" for name, held in (machine["versions"] | (document["peer"] or {})).items())
    about = (
        f"Measured {document['measured']} with `{document['model']}` on {machine['cores']} cores "
        f"({machine['processor'] or 'unknown processor'}), {number(machine['memory_mb'] or 0)} MB of memory, "
        f"{machine['system']}, Python {machine['python']}; load before the start {machine['load']}. {versions}. "
        f"Passages have {number(document['embedding']['tokens_mean'] or 0)} tokens on average."
    )
    answer, profile = size["answer"], size["profile"]
    steps = [(f"answer: {step}", f"{number(ms)} ms") for step, ms in answer["steps_ms"].items()]
    shares = [(f"search: `{row['where']}`", f"{row['share']:.0%}") for row in profile]
    parts = (
        about,
        *document["notes"],
        _table(("asked", "bound", "got", ""), asked_table(document)),
        f"### At {size['passages']:,} passages",
        _table(("measure", "ours", "peer", "ours / peer"), table(document, [size])),
        "### Growth",
        "The peer's figures in brackets.",
        _table(GROWTH_HEAD, growth_table(document["sizes"])),
        "### Where the time goes",
        f"At {size['passages']:,} passages. Of an answer the median of each step; of a search "
        f"the innermost functions of ours, by share of the clock. "
        f"{answer['answered']} of the {answer['count']} made-up questions were answered.",
        _table(("step", "takes"), [*steps, *shares]),
    )
    return "\n\n".join(parts) + "\n\n"


def main(arguments: Sequence[str]) -> None:
    """Read the saved run, refresh the page and draw the plot."""
    run, page, plot = map(Path, arguments)
    document = json.loads(run.read_text(encoding="utf-8"))
    page.write_text(refreshed(page.read_text(encoding="utf-8"), document), encoding="utf-8")
    plot.write_text(growth_plot(document), encoding="utf-8")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.strip() or ' ' for cell in line)} |" for line in lines)


if __name__ == "__main__":
    main(sys.argv[1:])
