"""From an answer to the HTML of the chat page: pure functions, and everything in an answer is data.

Gradio's chat shows markdown with HTML in it. Each message here is one HTML element without a line break, in which
every character that HTML, markdown or LaTeX could read as markup is written as a character reference, so that text of
articles, models and visitors shows as it is and does nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from corpus.article import BlockKind, Passage, Span
from corpus.language import detect
from service.answer import Answer, Citation, Direct, Related, Statement
from service.cite import is_web_address
from service.phrases import not_found, quoted, said_instead
from ui.text import Words, words

FindPassage = Callable[[str], Passage | None]

_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, and what turns text round or has no shape: shown, it could only make a text look like another one.
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2061-\u206f\ufeff\U000e0000-\U000e007f]"
)
_MARKUP = re.compile(r"[!-/:-@\[-`{-~\t\n]")
_MARK = re.compile(r"\[(\d{1,4})\]")
_ADDED = re.compile(r"(?<=[“「])(\[[^\[\]\d][^\[\]]{0,60}\])(?= )")
_NAME_OR_NOTHING = re.compile(r"(?:\[[^\[\]]*\] )?")
_STREAMING = "<div class='ia-answer ia-streaming'>"
_NO_ITEMS: Mapping[int, str] = {}
_NOT_FOR_IDS = re.compile(r"[^A-Za-z0-9-]")


def escape(text: str) -> str:
    """Write ``text`` so that no reader of HTML, markdown or LaTeX finds markup or a line break in it."""
    plain = _CONTROL.sub("", _BREAK.sub("\n", text))
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", plain)


def without_marks(text: str) -> str:
    """Take the citation marks out of an answer's text, for the history of a conversation."""
    return re.sub(r"\s*\[\d{1,4}\]", "", text)


def header_html(*, articles: int, model: str | None) -> str:
    """Render the head of the page, in both languages; the page's style shows the visitor's."""
    lines = []
    for language in ("en", "zh"):
        said = words(language)
        state = f"{said.articles_held.format(count=articles)} · {model or said.quotes_mode}"
        for tag, style, line in (("h1", "", said.title), ("p", "", said.tagline), ("p", "ia-state", state)):
            lines.append(f"<{tag} class='{style}' lang='{language}'>{escape(line)}</{tag}>")
    return f"<div class='ia-header ia-own'>{''.join(lines)}</div>"


def welcome_html() -> str:
    """Render what stands in an empty conversation, in both languages."""
    lines = []
    for language in ("en", "zh"):
        said = words(language)
        lines.append(f"<p lang='{language}'><strong>{escape(said.welcome)}</strong>{escape(said.welcome_more)}</p>")
    return f"<div class='ia-welcome ia-own'>{''.join(lines)}</div>"


def question_html(question: str, conditions: Sequence[str] = ()) -> str:
    """Render what the visitor asked, and below it of which articles, where not of all."""
    below = f"<p class='ia-filter'>{escape('; '.join(conditions))}</p>" if conditions else ""
    return f"<div class='ia-question'>{escape(question)}</div>{below}"


def waiting_html(line: str) -> str:
    """Render an answer of which nothing has come yet; the page's style shows ``line`` after a moment."""
    waiting = f"<div class='ia-text'><span class='ia-cursor'></span><span class='ia-wait'>{escape(line)}</span></div>"
    return f"{_STREAMING}{waiting}</div>"


def streaming_html(text: str, aside: str = "") -> str:
    """Render an answer that is still coming; its marks don't lead anywhere yet. ``aside`` is a line below it."""
    shown = "".join(_text_with_marks(text, lambda number: f"<span class='ia-mark'>{number}</span>"))
    below = f"<p class='ia-held'>{escape(aside)}</p>" if aside else ""
    text_html = f"<div class='ia-text'>{shown}<span class='ia-cursor'></span></div>"
    return f"{_STREAMING}{text_html}{below}</div>"


def stopped_html(html: str, line: str) -> str:
    """Turn an answer that was still coming into one broken off, with ``line`` below; anything else stays as it is."""
    if not html.startswith(_STREAMING):
        return html
    said = html.removeprefix(_STREAMING).removesuffix("</div>")
    return f"<div class='ia-answer ia-done ia-stopped'>{said}<p class='ia-mode'>{escape(line)}</p></div>"


def message_html(line: str, *, kind: str) -> str:
    """Render one line of the page itself; ``kind`` is "hint" or "error"."""
    return f"<div class='ia-answer ia-done ia-{kind}'>{escape(line)}</div>"


def answer_html(answer: Answer, find_passage: FindPassage) -> str:
    """Render a whole answer: its text with marks, its sources, or what is nearest where there is none.

    ``find_passage`` gives the passage around a quote; where it gives None, the quote stands alone.
    """
    said = words(answer.language)
    parts = [f"<p class='ia-notice'>{escape(answer.notice)}</p>"] if answer.notice else []
    if answer.understood:
        parts.insert(0, f"<p class='ia-understood'>{escape(said.understood.format(question=answer.understood))}</p>")
    if answer.status == "not_found":
        missing, instead = not_found((), answer.language), said_instead(answer)
        if instead is None:
            parts.append(f"<p class='ia-lead'>{escape(said.not_found)}</p>")
        listed = answer.related and all(article.title in answer.text for article in answer.related)
        if instead or not (listed or answer.text == missing):  # else the line above and the list say it
            parts.append(f"<div class='ia-text'>{escape(instead or answer.text)}</div>")
        parts.append(_related_html(answer.related, said))
    else:
        parts += [
            _text_html(answer, said, _list_items(answer, find_passage)),
            _sources_html(answer, said, find_passage),
        ]
    parts.append(f"<p class='ia-mode'>{escape(_mode(answer, said))}</p>")
    status = answer.status.replace("_", "-")
    return f"<div class='ia-answer ia-done ia-{status}' lang='{answer.language}'>{''.join(parts)}</div>"


def _mode(answer: Answer, said: Words) -> str:
    return said.quotes_mode if answer.mode == "quotes" else said.model_mode.format(model=answer.model or "LLM")


def _list_items(answer: Answer, find_passage: FindPassage) -> dict[int, str]:
    """Return those quotes that are items of a list, as the answer's text sets them, by their numbers."""
    items = {}
    for citation in answer.citations:
        passage = find_passage(citation.passage_id)
        place = Span(citation.start, citation.end)
        if passage and any(s.span == place and s.kind is BlockKind.LIST_ITEM for s in passage.sentences):
            items[citation.number] = quoted(citation.quote, answer.language)
    return items


def _text_html(answer: Answer, said: Words, items: Mapping[int, str]) -> str:
    known = {citation.number for citation in answer.citations}

    def link(number: int) -> str:
        if number not in known:
            return escape(f"[{number}]")
        spoken = f"<span class='ia-sr'>{escape(said.source_mark)} </span>"
        return f"<a class='ia-mark' href='#{_anchor(answer, number)}'>{spoken}{number}</a>"

    pieces: list[str] = []
    doubtful = [statement for statement in answer.statements if statement.support != "supported"]
    rest = answer.text
    if answer.direct and rest.startswith(answer.direct.text):
        pieces.append(f"<strong class='ia-direct'>{escape(answer.direct.text)}</strong>")
        rest = rest.removeprefix(answer.direct.text)
    unplaced: list[Statement] = []
    for statement in doubtful:
        before, found, after = rest.partition(statement.text)
        if not found:
            unplaced.append(statement)
            continue
        pieces += _text_with_marks(before, link, items)
        pieces.append(_doubtful_html("".join(_text_with_marks(found, link)), statement, said))
        rest = after
    pieces += _text_with_marks(rest, link, items)
    aside = "".join(
        f"<p class='ia-aside'>{_doubtful_html(escape(statement.text), statement, said)}</p>" for statement in unplaced
    )
    return f"<div class='ia-text'>{''.join(pieces)}</div>{aside}"


def _doubtful_html(inner: str, statement: Statement, said: Words) -> str:
    label = said.partial if statement.support == "partial" else said.unsupported
    return f"<span class='ia-doubt'>{inner} <span class='ia-tag'>{escape(label)}</span></span>"


def _text_with_marks(text: str, link: Callable[[int], str], items: Mapping[int, str] = _NO_ITEMS) -> Iterator[str]:
    """Render a text with its marks; ``items`` are the quotes of list items, which become lines of a list.

    The mark stays on the line of the word before it: a word joiner in place of the space.
    """
    pieces: list[tuple[str, str, str]] = []
    at = 0
    for match in _MARK.finditer(text):
        before, item = _split_item(text[at : match.start()].rstrip(" "), items.get(int(match[1])))
        pieces.append((before, item, "\u2060" + link(int(match[1]))))
        at = match.end()
    listed = False
    while pieces:
        length = 1
        while pieces[0][1] and length < len(pieces) and pieces[length][1] and not pieces[length][0].strip():
            length += 1
        run, pieces = pieces[:length], pieces[length:]
        yield _with_added_names(_after_list(run[0][0]) if listed else run[0][0])
        listed = length > 1
        if length == 1:
            yield _with_added_names(run[0][1]) + run[0][2]
        else:
            lines = "".join(f"<li>{_with_added_names(item)}{mark}</li>" for _, item, mark in run)
            yield f"<ul class='ia-items'>{lines}</ul>"
    yield _with_added_names(_after_list(text[at:]) if listed else text[at:])


def _after_list(text: str) -> str:
    """Return what follows a list without the blank or the line break that the end of a list is already."""
    return text[1:] if text.startswith((" ", "\n")) else text


def _split_item(said: str, quote: str | None) -> tuple[str, str]:
    """Part what is said before a mark into what goes before and the quote of a list item that it ends with."""
    if quote is None or not said.endswith(quote[1:]):
        return said, ""
    start = said.rfind(quote[0], 0, len(said) - len(quote) + 1)
    alone = start >= 0 and _NAME_OR_NOTHING.fullmatch(said[start + 1 : len(said) - len(quote) + 1])
    return (said[:start], said[start:]) if alone else (said, "")


def _with_added_names(text: str) -> str:
    """Set the name that was put before a quote's "it" apart from the quote."""
    return "".join(
        f"<span class='ia-added'>{escape(part)}</span>" if place % 2 else escape(part)
        for place, part in enumerate(_ADDED.split(text))
    )


def _sources_html(answer: Answer, said: Words, find_passage: FindPassage) -> str:
    by_article: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_article.setdefault(citation.article.id, []).append(citation)
    sources = "".join(_source_html(answer, cited, said, find_passage) for cited in by_article.values())
    return f"<div class='ia-sources'><p class='ia-label'>{escape(said.sources)}</p>{sources}</div>"


def _source_html(answer: Answer, cited: Sequence[Citation], said: Words, find_passage: FindPassage) -> str:
    """Render an article with all its quotes, those of one passage marked in it together."""
    article = cited[0].article
    author = f"<span lang='{article.language}'>{escape(article.author)}</span>" if article.author else ""
    date = f"<time class='ia-date'>{escape(article.published)}</time>" if article.published else ""
    by = f"<span class='ia-by'>{' · '.join(filter(None, (author, date)))}</span>" if author or date else ""
    summary = (
        f"<summary><span class='ia-number'>{_ranges([citation.number for citation in cited])}</span>"
        f"<span class='ia-title' lang='{article.language}'>{escape(article.title)}</span>{by}</summary>"
    )
    inner = "".join(
        _passage_html(answer, quotes, passage, said, numbered=len(cited) > 1)
        for passage, quotes in _by_passage(cited, find_passage)
    )
    return f"<details class='ia-source'>{summary}{inner}</details>"


def _ranges(numbers: Sequence[int]) -> str:
    """Write ascending numbers shortly: "1–3, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)


def _by_passage(
    cited: Sequence[Citation], find_passage: FindPassage
) -> Iterator[tuple[Passage | None, list[Citation]]]:
    """Group quotes by the passage that they stand in, in the order of its text.

    A quote that overlaps another one, or that its passage no more holds, is a group of its own.
    """
    groups: list[tuple[Passage | None, list[Citation]]] = []
    for citation in sorted(cited, key=lambda citation: citation.start):
        passage = find_passage(citation.passage_id)
        if passage and not _holds(passage, citation):
            passage = None  # the article changed since the answer was made
        last, quotes = groups[-1] if groups else (None, [])
        if passage and last and last.id == passage.id and quotes[-1].end <= citation.start:
            quotes.append(citation)
        else:
            groups.append((passage, [citation]))
    return iter(groups)


def _holds(passage: Passage, citation: Citation) -> bool:
    start = citation.start - passage.span.start
    return start >= 0 and passage.text[start : citation.end - passage.span.start] == citation.quote


def _passage_html(
    answer: Answer, quotes: Sequence[Citation], passage: Passage | None, said: Words, *, numbered: bool
) -> str:
    article = quotes[0].article
    path = " › ".join(passage.headings) if passage else ""
    headings = f"<p class='ia-headings' lang='{article.language}'>{escape(path)}</p>" if path else ""
    inner = _quoted_html(answer, quotes, passage, numbered=numbered)
    quoted = f"<blockquote lang='{article.language}'>{inner}</blockquote>"
    link = _link_html(quotes[0].link or article.url, said.open_article)
    copy = (
        f"<button type='button' class='ia-copy'><span>{escape(said.copy_quote)}</span>"
        f"<span class='ia-copied'>{escape(said.copied)}</span></button>"
    )
    return f"<div class='ia-passage'>{headings}{quoted}<p class='ia-use'>{link}{copy}</p></div>"


def _quoted_html(answer: Answer, quotes: Sequence[Citation], passage: Passage | None, *, numbered: bool) -> str:
    """Render a passage with its quotes marked, without the heading that it begins with: that stands above it."""
    text, offset = (passage.text, passage.span.start) if passage else ("", quotes[0].start)
    heading = passage.headings[-1] if passage and passage.headings else ""
    at = len(heading) if heading and text.startswith(f"{heading}\n") and quotes[0].start - offset > len(heading) else 0
    pieces: list[str] = []
    for citation in quotes:
        start, end = citation.start - offset, citation.end - offset
        before = text[at:start] if pieces else text[at:start].lstrip()
        number = f"<span class='ia-number'>{citation.number}</span>" if numbered else ""
        mark = f"<mark id='{_anchor(answer, citation.number)}'>{_with_direct(citation, answer.direct)}</mark>"
        pieces.append(f"{escape(before)}{number}{mark}")
        at = end
    return "".join(pieces) + escape(text[at:].rstrip())


def _with_direct(citation: Citation, direct: Direct | None) -> str:
    """Return a quote in which the few words that answer stand out."""
    if direct is None or direct.citation != citation.number:
        return escape(citation.quote)
    start, end = direct.start - citation.start, direct.end - citation.start
    inner, after = citation.quote[start:end], citation.quote[end:]
    return f"{escape(citation.quote[:start])}<strong class='ia-direct'>{escape(inner)}</strong>{escape(after)}"


def _related_html(related: Sequence[Related], said: Words) -> str:
    if not related:
        return ""
    items = "".join(
        f"<li>{_link_html(article.url, article.title) or escape(article.title)}"
        + (f" <time class='ia-date'>{escape(article.published[:10])}</time>" if article.published else "")
        + _known_html(article, said)
        + "</li>"
        for article in related
    )
    return f"<p class='ia-label'>{escape(said.nearest)}</p><ul class='ia-related'>{items}</ul>"


def _known_html(article: Related, said: Words) -> str:
    if not article.known:
        return ""
    return f"<p class='ia-known' lang='{detect(article.known)}'>{escape(said.known.format(quote=article.known))}</p>"


def _link_html(address: str | None, label: str) -> str:
    """Link to a public page in a new tab; nothing for addresses that are not of the web."""
    if address is None or not is_web_address(address):
        return ""
    return f"<a class='ia-link' href='{escape(address)}' target='_blank' rel='noopener noreferrer'>{escape(label)}</a>"


def _anchor(answer: Answer, number: int) -> str:
    return f"source-{_NOT_FOR_IDS.sub('-', answer.id)}-{number}"
