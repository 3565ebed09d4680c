"""``insight bench``: speed and memory here and now, beside a plain LlamaIndex and Chroma pipeline."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ui.commands.common import AsJson, check_file_to_write, prepare
from ui.console import aside, emit, progress, say, table

if TYPE_CHECKING:
    from service.bench.run import Plan

SERVE = (sys.executable, "-c", "from ui.cli import main; main()", "serve")
_FEWEST, _MOST = 50, 1_000_000


def bench(
    *,
    passages: Annotated[
        list[int] | None,
        typer.Option(
            min=_FEWEST,
            max=_MOST,
            metavar="N",
            help="Size of the library; may be repeated. 10,000 unless named.",
            show_default=False,
        ),
    ] = None,
    growth: Annotated[bool, typer.Option("--growth", help="Five sizes from 1,000 to 100,000 passages.")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="Fewer rounds, and 1,000 passages unless named.")] = False,
    peer: Annotated[
        Path | None,
        typer.Option(metavar="PYTHON", help="An interpreter with the peer's packages.", show_default=False),
    ] = None,
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the figures as JSON.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure speed and memory on made-up articles, in a throwaway library; nothing of yours is read or changed.

    Beside each figure stands that of a plain LlamaIndex and Chroma pipeline, where its packages are installed.
    """
    if growth and passages:
        raise typer.BadParameter("it names the sizes itself: leave out --passages", param_hint="--growth")
    check_file_to_write(save, option="--save")
    settings = prepare()
    from service.bench.run import measure
    from service.wiring import STARTER_ARTICLES

    plan = _plan(passages, growth=growth, quick=quick)
    with progress("Measuring") as tell:
        document = measure(settings, plan, serve=SERVE, peer=peer, articles=STARTER_ARTICLES, on_progress=tell)
    if save is not None:
        save.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    for note in document["notes"]:
        aside(f"note: {note}")
    _show(document, as_json=as_json)


def _plan(passages: list[int] | None, *, growth: bool, quick: bool) -> "Plan":
    from service.bench.run import GROWTH, Plan

    sizes = GROWTH if growth else tuple(sorted(set(passages or ())))
    if quick:
        return Plan.quick(sizes) if sizes else Plan.quick()
    return Plan(sizes) if sizes else Plan()


def _show(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        emit(document)
        return
    from service.bench.report import asked_table
    from service.bench.report import table as rows_of

    table(("measure", "ours", "peer", "ours / peer"), rows_of(document, document["sizes"]))
    say()
    table(("asked", "bound", "got", ""), asked_table(document))
