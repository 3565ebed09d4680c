"""``insight eval``: quality on a question set, or two saved runs beside each other."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from service.settings import Settings
from ui.commands.common import AsJson, prepare
from ui.console import aside, emit, fail, progress, say, table

Mode = Literal["quotes", "llm"]


def evaluate(
    *,
    articles: Annotated[
        list[str] | None, typer.Option(metavar="SOURCE", help="Anything that ingest takes; may be repeated.")
    ] = None,
    questions: Annotated[Path | None, typer.Option(metavar="FILE", help="Questions, one JSON object a line.")] = None,
    claims: Annotated[Path | None, typer.Option(metavar="FILE", help="Claims, one JSON object a line.")] = None,
    mode: Annotated[Mode, typer.Option(help="How answers are written.")] = "quotes",
    save: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the run as JSON, to compare with.")] = None,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(
            metavar="FILE FILE", help="Set two saved runs side by side, the earlier first.", show_default=False
        ),
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with figures and failures.")] = None,
    floor: Annotated[Path | None, typer.Option(metavar="FILE", help="Bounds that the rates must keep, TOML.")] = None,
    fit: Annotated[
        bool, typer.Option("--fit", help="Fit the threshold of confidence on the questions, and store it.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --fit: store nothing.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Go back to the default threshold.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure quality on a question set, in a throwaway library; or compare two saved runs; or fit the threshold.

    With --floor exit status 1 says that a rate is below its floor or above its ceiling; of two runs the second counts.
    --fit stores the threshold with the library of the data folder, and without --articles measures on a copy of that.
    """
    measured = (articles, questions, claims)
    if forget:
        if fit or dry_run or any(given is not None for given in (*measured, save, compare, html, floor)):
            raise typer.BadParameter("it takes no other option but --json", param_hint="--forget")
        _forget(prepare(), as_json=as_json)
        return
    _check_usage(articles, questions, claims, mode=mode, save=save, compare=compare, fit=fit, dry_run=dry_run)
    settings = prepare()
    from service.evaluation.floors import load_floors

    # Before the slow part, so that a slip in a name shows at once.
    floors = load_floors(floor) if floor is not None else None
    for option, path in (("--save", save), ("--html", html)):
        if path is not None and (path.is_dir() or not path.absolute().parent.is_dir()):
            raise typer.BadParameter(f"'{path}' can't be a file: name one in a folder that exists", param_hint=option)
    if compare is not None:
        document = _compare(compare, html=html, as_json=as_json)
    else:
        document = _measure(settings, articles, questions, claims, mode, fit=fit, save=save, html=html)
        _show(document, as_json=as_json)
        if fit:
            _keep(settings, document, dry_run=dry_run)
    falls = floors.falls(document) if floors else []
    for line in falls:
        fail(line)
    if falls:
        raise typer.Exit(1)


def _check_usage(
    articles: list[str] | None,
    questions: Path | None,
    claims: Path | None,
    *,
    mode: Mode,
    save: Path | None,
    compare: tuple[Path, Path] | None,
    fit: bool,
    dry_run: bool,
) -> None:
    """Raise BadParameter where the options don't go together."""
    if dry_run and not fit:
        raise typer.BadParameter("it goes with --fit", param_hint="--dry-run")
    if compare is not None:
        if fit or any(given is not None for given in (articles, questions, claims, save)):
            raise typer.BadParameter("it measures nothing: leave out what is to be measured", param_hint="--compare")
    elif fit and (questions is None or mode != "quotes"):
        raise typer.BadParameter("it takes a question set (--questions) and quotes mode", param_hint="--fit")
    elif questions is None and claims is None:
        raise typer.BadParameter("name a question set, a claim set or both", param_hint="--questions, --claims")
    elif questions is not None and not (articles or fit):
        raise typer.BadParameter("questions need the articles to answer from", param_hint="--articles")


def _measure(
    settings: Settings,
    articles: list[str] | None,
    questions: Path | None,
    claims: Path | None,
    mode: Mode,
    *,
    fit: bool,
    save: Path | None,
    html: Path | None,
) -> dict[str, Any]:
    from service.evaluate import evaluate as measure

    with progress("Measuring") as tell:
        document = measure(
            settings,
            articles=articles,
            questions=questions,
            claims=claims,
            mode=mode,
            fitting=fit,
            on_progress=tell,
        )
    if save is not None:
        _write(save, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    if html is not None:
        from service.evaluation.html_report import run_page

        measured = (questions, claims, *(articles or ()))
        _write(html, run_page(document, title=" · ".join(str(name) for name in measured if name is not None)))
    return document


def _keep(settings: Settings, document: dict[str, Any], *, dry_run: bool) -> None:
    """Store the threshold that a run fitted with the library of the data folder."""
    from service.threshold import Fitted
    from ui.backend import set_threshold

    fitted, before = Fitted(**document["threshold"]["fitted"]), document["threshold"]["before"]
    if before["errors_together"] <= fitted.false_answer_rate + fitted.false_refusal_rate:
        aside(
            f"note: {before['value']:.3g}, the threshold before, makes no more errors on these questions than are to "
            "be expected of the fitted one; more questions would tell better"
        )
    if dry_run:
        aside("dry run: the threshold was not stored")
        return
    set_threshold(settings, fitted)
    aside(f"stored with the library in '{settings.data_dir}': answers are held against {fitted.value:.3g} from now on")


def _forget(settings: Settings, *, as_json: bool) -> None:
    from service.threshold import default
    from ui.backend import set_threshold

    set_threshold(settings, None)
    found = default()
    if as_json:
        emit({"threshold": found.to_dict()})
    else:
        say(f"threshold: {found.told}")


def _show(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        emit(document)
        return
    from service.evaluation.report import table as rows_of

    table(("measure", "figure"), rows_of(document))


def _compare(paths: tuple[Path, Path], *, html: Path | None, as_json: bool) -> dict[str, Any]:
    """Show two saved runs beside each other, and return the later one."""
    from service.evaluation.compare import compare, load_run
    from service.evaluation.compare import table as rows_of

    first, second = (load_run(path) for path in paths)
    names = (str(paths[0]), str(paths[1]))
    comparison = compare(names, first, second)
    if html is not None:
        from service.evaluation.html_report import comparison_page

        _write(html, comparison_page(comparison))
    if as_json:
        emit(comparison.to_dict())
        return second
    for note in comparison.notes:
        aside(f"note: {note}")
    table(("measure", *names, "difference", ""), rows_of(comparison))
    for what, failed in (("now fails", comparison.broken), ("no longer fails", comparison.mended)):
        for one in failed:
            say(f"{what}: {one['id']}  {one['question']} - {one['why']}")
    return second


def _write(path: Path, text: str) -> None:
    """Write a file whole; half a character, which JSON can hold and UTF-8 can't, is written as an escape."""
    path.write_text(text, encoding="utf-8", errors="backslashreplace")
