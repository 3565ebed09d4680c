"""``insight eval``: quality on a question set."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ui.commands.common import AsJson, prepare
from ui.console import emit, progress, table


def evaluate(
    articles: Annotated[str | None, typer.Option(metavar="SOURCE", help="Anything that ingest takes.")] = None,
    questions: Annotated[Path | None, typer.Option(metavar="FILE", help="Questions, one JSON object a line.")] = None,
    claims: Annotated[Path | None, typer.Option(metavar="FILE", help="Claims, one JSON object a line.")] = None,
    mode: Annotated[Literal["quotes", "llm"], typer.Option(help="How answers are written.")] = "quotes",
    as_json: AsJson = False,
) -> None:
    """Measure quality on a question set, in a throwaway library."""
    if questions is None and claims is None:
        raise typer.BadParameter("name a question set, a claim set or both", param_hint="--questions, --claims")
    if questions is not None and articles is None:
        raise typer.BadParameter("questions need the articles to answer from", param_hint="--articles")
    settings = prepare()
    from service.evaluate import evaluate as measure

    with progress("Measuring") as tell:
        document = measure(settings, articles=articles, questions=questions, claims=claims, mode=mode, on_progress=tell)
    if as_json:
        emit(document)
        return
    from service.report import table as rows_of

    table(("measure", "figure"), rows_of(document))
