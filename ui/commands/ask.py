"""``insight ask`` and ``insight search``."""

import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Literal

import typer

from corpus.errors import InsightError
from service.answer import MAX_TURNS, Answer, Citation, Direct, Event, Turn, Unproved
from service.phrases import not_found, said_instead
from ui.commands.common import AsJson, Authors, Categories, Since, Spoken, Until, filter_given, prepare
from ui.console import aside, emit, fail, say, say_marked, waiting
from ui.text import words

NOT_FOUND = 3

ModeOption = Annotated[
    Literal["auto", "quotes", "llm"], typer.Option(help="auto: the language model where one is set up, else quotes.")
]


def ask(
    question: Annotated[str | None, typer.Argument(help="Leave it out to chat.", show_default=False)] = None,
    *,
    as_json: AsJson = False,
    mode: ModeOption = "auto",
    category: Categories = None,
    author: Authors = None,
    language: Spoken = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Answer a question from the articles, with exact quotes; a chat when no question is given.

    Exit status 3 says that the answer is not in the articles.
    """
    where = filter_given(category, author, language, since, until)
    if question is None and as_json:
        raise typer.BadParameter("--json needs a question", param_hint="QUESTION")
    from ui.backend import open_backend

    with open_backend(prepare()) as backend:
        if question is None:
            history: list[Turn] = []
            for asked in _questions():
                try:
                    answer = _followed(backend.stream(asked, history=history, mode=mode, where=where))
                except InsightError as error:
                    fail(str(error))
                    continue
                show(answer)
                history = [*history, Turn("user", asked), Turn("assistant", answer.text)][-MAX_TURNS:]
            return
        with waiting("Reading the articles…"):
            answer = _followed(backend.stream(question, history=(), mode=mode, where=where))
    if as_json:
        emit(answer.to_dict())
    else:
        show(answer)
    if answer.status == "not_found":
        raise typer.Exit(NOT_FOUND)


def _followed(events: Iterator[Event]) -> Answer:
    """Draw an answer to its end, and tell of sentences that are held back as it goes on."""
    for event in events:
        match event:
            case Unproved(why=why):
                aside(f"held back a sentence: {why}")
            case Answer():
                return event
    raise TypeError("a streamed answer must end with the answer itself")


def _questions() -> Iterator[str]:
    aside("Ask about the articles; an empty line or Ctrl-D ends.")
    prompt = "\n> " if sys.stdin.isatty() else ""
    while True:
        try:
            asked = input(prompt).strip()
        except EOFError:
            return
        if not asked:
            return
        yield asked


def show(answer: Answer) -> None:
    """Write an answer for a person: its text, then its sources or the nearest articles."""
    if answer.understood:
        aside(words(answer.language).understood.format(question=answer.understood))
    if answer.notice:
        aside(f"note: {answer.notice}")
    missing = answer.status == "not_found"
    nearest = missing and answer.related  # the text would name them, as the list does
    direct = answer.direct
    if direct and answer.text.startswith(direct.text):
        say_marked("", direct.text, answer.text.removeprefix(direct.text))
    else:
        say(said_instead(answer) or (not_found((), answer.language) if nearest else answer.text))
    for statement in answer.statements:
        if statement.support != "supported":
            said = words(answer.language)
            say(f"({said.partial if statement.support == 'partial' else said.unsupported}: {statement.text})")
    _show_sources(answer)
    if missing:
        _show_nearest(answer)


def _show_sources(answer: Answer) -> None:
    for citation in answer.citations:
        date = f", {citation.article.published}" if citation.article.published else ""
        say(f"\n[{citation.number}] {citation.article.title}{date}")
        say_marked(*_quote_parts(citation, answer.direct))
        if address := citation.link or citation.article.url:
            say(f"    {address}")


def _show_nearest(answer: Answer) -> None:
    if answer.related:
        say(f"\n{words(answer.language).nearest}:")
        for article in answer.related:
            say(f"  {article.title}" + (f"  {article.url}" if article.url else ""))
            if article.known:
                say(f"    {words(answer.language).known.format(quote=' '.join(article.known.split()))}")


def _quote_parts(citation: Citation, direct: Direct | None) -> tuple[str, str, str]:
    """Return a quote on one line: what stands before the few words that answer, these words, and the rest."""
    start = end = 0
    if direct and direct.citation == citation.number:
        start, end = direct.start - citation.start, direct.end - citation.start
    quote = citation.quote
    before, strong, after = (re.sub(r"\s+", " ", part) for part in (quote[:start], quote[start:end], quote[end:]))
    return f"    “{before}", strong, f"{after}”"


def search(
    query: Annotated[str, typer.Argument(metavar="QUESTION")],
    *,
    as_json: AsJson = False,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages at most.")] = 10,
    category: Categories = None,
    author: Authors = None,
    language: Spoken = None,
    since: Since = None,
    until: Until = None,
) -> None:
    """Show the passages nearest to a question, best first."""
    where = filter_given(category, author, language, since, until)
    from ui.backend import open_backend

    with open_backend(prepare()) as backend:
        hits = backend.search(query, k=k, where=where)
    if as_json:
        emit({"query": query, "hits": [asdict(hit) for hit in hits]})
        return
    for hit in hits:
        say(f"{hit.rank}. {' › '.join((hit.article.title, *hit.headings))}  ({hit.score:.2f}, {hit.article.id})")
        text = " ".join(hit.text.split())
        say(f"   {text[:280]}{'…' if len(text) > 280 else ''}\n")
    if not hits:
        say("no passage found")
