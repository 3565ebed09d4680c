"""From an answer to the HTML of the chat page: pure functions, and everything in an answer is data.

Gradio's chat shows markdown with HTML in it. Each message here is one HTML element without a line break, in which
every character that HTML, markdown or LaTeX could read as markup is written as a character reference, so that text of
articles, models and visitors shows as it is and does nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from corpus.article import Passage
from corpus.language import detect
from service.answer import Answer, Citation, Direct, Related, Statement
from service.cite import is_web_address
from service.phrases import not_found, nothing_asked
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


def streaming_html(text: str, aside: str = "") -> str:
    """Render an answer that is still coming; its marks don't lead anywhere yet. ``aside`` is a line below it."""
    shown = "".join(_text_with_marks(text, lambda number: f"<span class='ia-mark'>{number}</span>"))
    below = f"<p class='ia-held'>{escape(aside)}</p>" if aside else ""
    text_html = f"<div class='ia-text'>{shown}<span class='ia-cursor'></span></div>"
    return f"<div class='ia-answer ia-streaming'>{text_html}{below}</div>"


def stopped_html(html: str) -> str:
    """Turn an answer that was still coming into one that the visitor broke off; anything else stays as it is."""
    return html.replace("<div class='ia-answer ia-streaming'>", "<div class='ia-answer ia-done ia-stopped'>", 1)


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
        if answer.text != nothing_asked(answer.language):
            parts.append(f"<p class='ia-lead'>{escape(said.not_found)}</p>")
        listed = answer.related and all(article.title in answer.text for article in answer.related)
        if not listed and answer.text != not_found((), answer.language):  # else the line above and the list say it
            parts.append(f"<div class='ia-text'>{escape(answer.text)}</div>")
        parts.append(_related_html(answer.related, said))
    else:
        parts += [_text_html(answer, said), _sources_html(answer, said, find_passage)]
    parts.append(f"<p class='ia-mode'>{escape(_mode(answer, said))}</p>")
    status = answer.status.replace("_", "-")
    return f"<div class='ia-answer ia-done ia-{status}' lang='{answer.language}'>{''.join(parts)}</div>"


def _mode(answer: Answer, said: Words) -> str:
    return said.quotes_mode if answer.mode == "quotes" else said.model_mode.format(model=answer.model or "LLM")


def _text_html(answer: Answer, said: Words) -> str:
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
        pieces += _text_with_marks(before, link)
        pieces.append(_doubtful_html("".join(_text_with_marks(found, link)), statement, said))
        rest = after
    pieces += _text_with_marks(rest, link)
    aside = "".join(
        f"<p class='ia-aside'>{_doubtful_html(escape(statement.text), statement, said)}</p>" for statement in unplaced
    )
    return f"<div class='ia-text'>{''.join(pieces)}</div>{aside}"


def _doubtful_html(inner: str, statement: Statement, said: Words) -> str:
    label = said.partial if statement.support == "partial" else said.unsupported
    return f"<span class='ia-doubt'>{inner} <span class='ia-tag'>{escape(label)}</span></span>"


def _text_with_marks(text: str, link: Callable[[int], str]) -> Iterator[str]:
    at = 0
    for match in _MARK.finditer(text):
        # The mark stays on the line of the word before it: a word joiner in place of the space.
        yield _with_added_names(text[at : match.start()].rstrip(" ")) + "\u2060"
        yield link(int(match[1]))
        at = match.end()
    yield _with_added_names(text[at:])


def _with_added_names(text: str) -> str:
    """Set the name that was put before a quote's "it" apart from the quote."""
    return "".join(
        f"<span class='ia-added'>{escape(part)}</span>" if place % 2 else escape(part)
        for place, part in enumerate(_ADDED.split(text))
    )


def _sources_html(answer: Answer, said: Words, find_passage: FindPassage) -> str:
    sources = "".join(_source_html(answer, citation, said, find_passage) for citation in answer.citations)
    return f"<div class='ia-sources'><p class='ia-label'>{escape(said.sources)}</p>{sources}</div>"


def _source_html(answer: Answer, citation: Citation, said: Words, find_passage: FindPassage) -> str:
    article = citation.article
    date = f"<time class='ia-date'>{escape(article.published)}</time>" if article.published else ""
    summary = (
        f"<summary><span class='ia-number'>{citation.number}</span>"
        f"<span class='ia-title' lang='{article.language}'>{escape(article.title)}</span>{date}</summary>"
    )
    passage = find_passage(citation.passage_id)
    path = " › ".join(passage.headings) if passage else ""
    headings = f"<p class='ia-headings' lang='{article.language}'>{escape(path)}</p>" if path else ""
    quoted = f"<blockquote lang='{article.language}'>{_quoted_html(citation, passage, answer.direct)}</blockquote>"
    link = _link_html(citation.link or article.url, said.open_article)
    inner = f"<div class='ia-passage' id='{_anchor(answer, citation.number)}'>{headings}{quoted}{link}</div>"
    return f"<details class='ia-source'>{summary}{inner}</details>"


def _quoted_html(citation: Citation, passage: Passage | None, direct: Direct | None) -> str:
    before, after = _around(citation, passage)
    return f"{escape(before)}<mark>{_with_direct(citation, direct)}</mark>{escape(after)}"


def _with_direct(citation: Citation, direct: Direct | None) -> str:
    """Return a quote in which the few words that answer stand out."""
    if direct is None or direct.citation != citation.number:
        return escape(citation.quote)
    start, end = direct.start - citation.start, direct.end - citation.start
    inner, after = citation.quote[start:end], citation.quote[end:]
    return f"{escape(citation.quote[:start])}<strong class='ia-direct'>{escape(inner)}</strong>{escape(after)}"


def _around(citation: Citation, passage: Passage | None) -> tuple[str, str]:
    """Return the passage's text before and after the quote; empty where the passage is not the quote's own."""
    if passage is None:
        return "", ""
    start, end = citation.start - passage.span.start, citation.end - passage.span.start
    if start < 0 or passage.text[start:end] != citation.quote:
        return "", ""  # the article changed since the answer was made
    return passage.text[:start], passage.text[end:]


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
