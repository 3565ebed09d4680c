"""``insight ingest``, ``insight articles`` and ``insight runs``: what is held, and how it came in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import NotFound
from corpus.ledger import Ledger
from corpus.records import Outcome, Run, RunItem
from service.settings import Settings
from ui.commands.common import AsJson, Authors, Categories, Since, Spoken, Until, filter_given, prepare
from ui.console import aside, emit, fail, pace, progress, say, table

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue

articles = typer.Typer(no_args_is_help=True, help="Look at the articles, or withdraw one.")
runs = typer.Typer(no_args_is_help=True, help="Look at past ingests.")

Limit = Annotated[int, typer.Option(min=1, max=1_000_000, help="How many at most.")]


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SOURCE]...",
            help="Folders; files: .md, .txt, .html, .pdf, .docx, .jsonl, .xml exports of WordPress; "
            "addresses of a WordPress site, a feed, a sitemap or a page.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and change nothing.")] = False,
    sync: Annotated[bool, typer.Option("--sync", help="Withdraw what left the folders.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring in posts; without SOURCE, the configured sources."""
    from ui.backend import open_backend

    with open_backend(prepare()) as backend, progress("Ingesting") as tell:
        run = backend.ingest(sources or (), dry_run=dry_run, sync=sync, on_progress=tell)
    if as_json:
        emit(run.to_dict())
    else:
        _show_run(run, with_all=False)
        if dry_run:
            aside("dry run: nothing was changed")
    if run.error:
        fail(run.error)
        raise typer.Exit(1)


@articles.command("list")
def list_articles(
    *,
    as_json: AsJson = False,
    limit: Limit = 1000,
    offset: Annotated[int, typer.Option(min=0, max=1_000_000_000, help="How many of the newest to pass over.")] = 0,
    category: Categories = None,
    author: Authors = None,
    language: Spoken = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """List the articles, the newest first."""
    where = filter_given(category, author, language, since, until)
    from corpus.selection import Selections
    from service.api.schemas import ArticleList, ArticleSummary

    with _catalogue(prepare()) as catalogue:
        selections = Selections(catalogue)
        held, total = selections.page(where, limit, offset), len(selections.articles(where))
    if as_json:
        emit(ArticleList(total=total, articles=[ArticleSummary.of(article) for article in held]).model_dump())
        return
    rows = [(a.id, (a.published or "")[:10], a.language, a.title) for a in held]
    table(("id", "published", "language", "title"), rows)
    aside(f"{len(held)} of {total} articles")


@articles.command("show")
def show_article(article_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Show one article with its whole text."""
    from service.api.schemas import ArticleDetail

    with _catalogue(prepare()) as catalogue:
        article = catalogue.article(article_id)
    if article is None:
        raise NotFound(f"there is no article with the id '{article_id}'; `insight articles list` shows them")
    if as_json:
        emit(ArticleDetail.of(article).model_dump())
        return
    facts = (article.author, (article.published or "")[:10], article.language, ", ".join(article.categories))
    say(article.title)
    say(" · ".join(fact for fact in facts if fact))
    if article.url:
        say(article.url)
    say(f"\n{article.text}")


@articles.command("withdraw")
def withdraw(article_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Withdraw an article: from that moment it is in no answer, whatever its source gives, until `restore`."""
    from ui.backend import open_backend

    with open_backend(prepare()) as backend:
        if not backend.withdraw(article_id):
            raise NotFound(f"there is no article with the id '{article_id}'; `insight articles list` shows them")
    if as_json:
        emit({"id": article_id, "withdrawn": True})
    else:
        say(f"withdrawn: {article_id}")


@articles.command("restore")
def restore(article_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Let a withdrawn article in again, when its source is next read."""
    from ui.backend import open_backend

    with open_backend(prepare()) as backend:
        if not backend.restore(article_id):
            raise NotFound(
                f"no article with the id '{article_id}' was withdrawn; `insight articles withdrawn` lists them"
            )
    if as_json:
        emit({"id": article_id, "restored": True})
    else:
        say(f"restored: {article_id}; the next ingest of its source brings it in")


@articles.command("withdrawn")
def list_withdrawn(as_json: AsJson = False) -> None:
    """List what was withdrawn and not restored, the newest first."""
    with _catalogue(prepare()) as catalogue:
        found = Ledger(catalogue).withdrawals()
    if as_json:
        from service.api.schemas import withdrawal_view

        emit({"withdrawn": [withdrawal_view(item) for item in found]})
        return
    table(("id", "withdrawn", "reason", "address"), [(i.article_id, i.at[:10], i.reason, i.identity) for i in found])


@articles.command("held")
def list_held(as_json: AsJson = False) -> None:
    """List what is held back until `release`, and why."""
    with _catalogue(prepare()) as catalogue:
        found = Ledger(catalogue).held()
    if as_json:
        from service.api.schemas import held_view

        emit({"held": [held_view(item) for item in found]})
        return
    table(
        ("id", "since", "flags", "title"),
        [(i.article.id, i.at[:10], "; ".join(i.flags), i.article.title) for i in found],
    )


@articles.command("release")
def release(article_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Publish what is held back of an article."""
    from ui.backend import open_backend

    with open_backend(prepare()) as backend:
        if not backend.release(article_id):
            raise NotFound(f"nothing is held back under the id '{article_id}'; `insight articles held` lists what is")
    if as_json:
        emit({"id": article_id, "released": True})
    else:
        say(f"released: {article_id}")


@runs.command("list")
def list_runs(as_json: AsJson = False, limit: Limit = 50) -> None:
    """List the ingests, the newest first."""
    with _catalogue(prepare()) as catalogue:
        held = Ledger(catalogue).runs(limit)
    if as_json:
        from service.api.schemas import without_items

        emit({"runs": [without_items(run) for run in held]})
        return
    rows = [(run.id, run.started[:19], _counts(run), run.error or "", run.source) for run in held]
    table(("id", "started", "posts", "error", "source"), rows)


@runs.command("show")
def show_run(run_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Show one ingest and what became of each post."""
    with _catalogue(prepare()) as catalogue:
        run = Ledger(catalogue).run(run_id)
    if run is None:
        raise NotFound(f"there is no run with the id '{run_id}'; `insight runs list` shows them")
    if as_json:
        emit(run.to_dict())
        return
    say(f"{run.source}: {run.started} to {run.finished or 'now'}")
    if run.progress and not run.finished:
        step = run.progress
        say(f"{step.phase}: {step.done} of {step.total or '?'} {pace(step)}".rstrip())
    _show_run(run, with_all=True)
    if run.error:
        say(f"failed: {run.error}")


def _show_run(run: Run, *, with_all: bool) -> None:
    shown = [item for item in run.items if with_all or item.outcome is not Outcome.KEPT]
    if shown:
        table(
            ("outcome", "post", "title and reason"),
            [(item.outcome.value, item.address, _remark(item)) for item in shown],
        )
    for item in shown:
        if item.diff:
            say(f"\n{item.address}")
            say(item.diff)
    say(f"run {run.id}: {_counts(run)}")


def _remark(item: RunItem) -> str:
    main = ": ".join(filter(None, (item.title, item.reason)))
    return f"{main} ({item.note})" if item.note else main


def _counts(run: Run) -> str:
    return ", ".join(f"{count} {what}" for what, count in run.counts.items() if count or what == "seen")


@contextmanager
def _catalogue(settings: Settings) -> "Iterator[Catalogue]":
    """Open the catalogue to read: it can be read beside the process that owns the folder."""
    from corpus.catalogue import Catalogue

    catalogue = Catalogue.open_to_read(settings.data_dir)
    try:
        yield catalogue
    finally:
        catalogue.close()
