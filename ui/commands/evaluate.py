"""``insight eval``: quality on a question set, or two saved runs beside each other."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from service.settings import Settings
from ui.commands.common import AsJson, check_file_to_write, prepare
from ui.console import aside, emit, fail, progress, say, table

if TYPE_CHECKING:
    from service.evaluation.floors import Floors

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
    given = _Given(articles, questions, claims, mode, save, compare, html, floor, fit, dry_run, as_json)
    if forget:
        _forget(given)
        return
    given.check()
    settings, floors = _begin(given)
    document = _measure(given, settings) if compare is None else _compare(given, compare)
    falls = floors.falls(document) if floors else []
    for line in falls:
        fail(line)
    if falls:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Given:
    """The options that a run was given."""

    articles: list[str] | None = None
    questions: Path | None = None
    claims: Path | None = None
    mode: Mode = "quotes"
    save: Path | None = None
    compare: tuple[Path, Path] | None = None
    html: Path | None = None
    floor: Path | None = None
    fit: bool = False
    dry_run: bool = False
    as_json: bool = False

    @property
    def sets(self) -> list[str]:
        """What is measured on, as a page's title names it."""
        named = (self.questions, self.claims, *(self.articles or ()))
        return [str(name) for name in named if name is not None]

    def check(self) -> None:
        """Raise BadParameter where the options don't go together."""
        if self.dry_run and not self.fit:
            raise typer.BadParameter("it goes with --fit", param_hint="--dry-run")
        if self.compare is not None:
            if self.fit or any(
                option is not None for option in (self.articles, self.questions, self.claims, self.save)
            ):
                raise typer.BadParameter(
                    "it measures nothing: leave out what is to be measured", param_hint="--compare"
                )
        elif self.fit and (self.questions is None or self.mode != "quotes"):
            raise typer.BadParameter("it takes a question set (--questions) and quotes mode", param_hint="--fit")
        elif self.questions is None and self.claims is None:
            raise typer.BadParameter("name a question set, a claim set or both", param_hint="--questions, --claims")
        elif self.questions is not None and not (self.articles or self.fit):
            raise typer.BadParameter("questions need the articles to answer from", param_hint="--articles")


def _begin(given: _Given) -> tuple[Settings, "Floors | None"]:
    """Read settings and floors and look at the names of files before the slow part: a slip in one shows at once."""
    settings = prepare()
    from service.evaluation.floors import load_floors

    floors = load_floors(given.floor) if given.floor is not None else None
    check_file_to_write(given.save, option="--save")
    check_file_to_write(given.html, option="--html")
    return settings, floors


def _measure(given: _Given, settings: Settings) -> dict[str, Any]:
    """Measure, write and show a run, and store the threshold that it fitted; return its document."""
    from service.evaluate import evaluate as measure

    with progress("Measuring") as tell:
        document = measure(
            settings,
            articles=given.articles,
            questions=given.questions,
            claims=given.claims,
            mode=given.mode,
            fitting=given.fit,
            on_progress=tell,
        )
    if given.save is not None:
        _write(given.save, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    if given.html is not None:
        from service.evaluation.html_report import run_page

        _write(given.html, run_page(document, title=" · ".join(given.sets)))
    _show(document, as_json=given.as_json)
    if given.fit:
        _keep(settings, document, dry_run=given.dry_run)
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


def _forget(given: _Given) -> None:
    """Go back to the default threshold, and show it."""
    if replace(given, mode="quotes", as_json=False) != _Given():
        raise typer.BadParameter("it takes no other option but --json", param_hint="--forget")
    settings = prepare()
    from service.threshold import default
    from ui.backend import set_threshold

    set_threshold(settings, None)
    found = default()
    if given.as_json:
        emit({"threshold": found.to_dict()})
    else:
        say(f"threshold: {found.told}")


def _show(document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        emit(document)
        return
    from service.evaluation.report import table as rows_of

    table(("measure", "figure"), rows_of(document))


def _compare(given: _Given, paths: tuple[Path, Path]) -> dict[str, Any]:
    """Show two saved runs beside each other, and return the later one."""
    from service.evaluation.compare import compare, load_run
    from service.evaluation.compare import table as rows_of

    first, second = (load_run(path) for path in paths)
    names = (str(paths[0]), str(paths[1]))
    comparison = compare(names, first, second)
    if given.html is not None:
        from service.evaluation.html_report import comparison_page

        _write(given.html, comparison_page(comparison))
    if given.as_json:
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
