"""Citations: the exact quotes that prove an answer's statements, and links that open a page at a quote."""

import re
from collections.abc import Sequence
from urllib.parse import quote as percent_encoded
from urllib.parse import urldefrag, urlsplit

from corpus.article import Article, Passage, Span
from corpus.errors import InsightError
from corpus.language import CHINESE_CHAR, CJK
from service.answer import ArticleRef, Citation
from service.evidence import Evidence

_LONGEST_WHOLE = 120  # characters; a longer quote is linked by its ends, which also bears small changes of the page
_LEAST_END, _LONGEST_END = 5, 12  # words at each end at first, and at most
_CHARS_A_WORD = 2  # a Chinese word is about two characters
_LEAST_PREFIX = 2  # words, or runs of Chinese
_PIECE = rf"\s*(?:[{CJK}]+|[^\s{CJK}]+)"  # a word or a run of Chinese with the blank before it, so that they join again


class BrokenQuote(InsightError):
    """A quote isn't the article's own text at its place; nothing may be cited from there."""

    code = "broken_quote"


def text_fragment(url: str | None, quote: str, *, before: str = "") -> str | None:
    """Return a link that opens ``url`` at ``quote``, or None where there is no http(s) address.

    Args:
        url: The article's address. Its own ``#fragment`` is kept, an older text directive in it is replaced.
        quote: The exact quote. A long one, or one over several lines, is given by its first and last words.
        before: The article's text in front of the quote; the first words grow until they don't stand in there. Where
            the quote's own words can't tell it from an earlier place, the words in front of it go along.

    """
    if not url or not is_web_address(url) or not quote.strip():
        return None
    address, anchor = urldefrag(url)
    anchor = anchor.partition(":~:")[0]
    return f"{address}#{anchor}:~:text={_directive(quote.strip(), before)}"


def is_web_address(url: str) -> bool:
    """Whether an address is one of the web, so that a link to it does nothing else."""
    try:
        parts = urlsplit(url)
    except ValueError:  # "http://[", for one
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _directive(quote: str, text_before: str) -> str:
    before = _flat(text_before)
    whole = _flat(quote)
    lines = [line for line in map(_flat, quote.splitlines()) if line]
    texts = [whole]
    if len(lines) > 1 or len(whole) > _LONGEST_WHOLE // (_CHARS_A_WORD if CHINESE_CHAR.search(whole) else 1):
        start = _end_of(lines[0], avoid=before, last=False)
        end = _end_of(lines[-1], avoid=whole.removesuffix(lines[-1]), last=True)
        if len(lines) > 1 or len(start) + len(end) < len(whole):
            texts = [start, end]
    prefix = _prefix(text_before, texts[0]) if texts[0] in before else ""
    return (f"{_encoded(prefix)}-," if prefix else "") + ",".join(map(_encoded, texts))


def _encoded(text: str) -> str:
    # "-" and "," have a meaning of their own in the directive, and quote() leaves "-" alone
    return percent_encoded(text, safe="").replace("-", "%2D")


def _prefix(before: str, start: str) -> str:
    """Return the last few words of the line before ``start``, as many as it takes for both together to be new."""
    line = next(filter(None, map(_flat, reversed(before.splitlines()))), "")
    earlier = _flat(before)
    pieces = re.findall(_PIECE, line)
    for size in range(1, len(pieces) + 1):
        text = "".join(pieces[-size:]).strip()
        if size >= _LEAST_PREFIX and not re.search(rf"{re.escape(text)}\s?{re.escape(start)}", earlier):
            return text
    return line


def _flat(text: str) -> str:
    return " ".join(text.split())


def _end_of(line: str, *, avoid: str, last: bool) -> str:
    """Return the first or the last few words, as many as it takes for them not to stand in ``avoid``.

    A run of Chinese is kept whole: a browser finds no text that begins or ends in the middle of a word.
    """
    pieces = re.findall(_PIECE, line)
    for size in range(1, len(pieces) + 1):
        text = "".join(pieces[-size:] if last else pieces[:size]).strip()
        words = len(text.split()) + len(CHINESE_CHAR.findall(text)) / _CHARS_A_WORD
        if words >= _LEAST_END and (words >= _LONGEST_END or text not in avoid):
            return text
    return line


class CitationBook:
    """Collects an answer's citations: numbers count from 1 in order of first use, a repeated quote keeps its own."""

    def __init__(self) -> None:
        self._citations: dict[tuple[str, int, int], Citation] = {}

    def add(self, article: Article, passage: Passage, span: Span) -> int:
        """Cite ``article.text[span]`` and return its number; raises BrokenQuote where the texts don't agree."""
        key = (article.id, span.start, span.end)
        if key not in self._citations:
            self._citations[key] = _citation(len(self._citations) + 1, article, passage, span)
        return self._citations[key].number

    def holds(self, article: Article, span: Span) -> bool:
        """Whether ``article.text[span]`` is cited."""
        return (article.id, span.start, span.end) in self._citations

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations, by number."""
        return tuple(self._citations.values())


def verify_quotes(citations: Sequence[Citation], evidence: Evidence) -> None:
    """Check, before an answer is sent, that each quote is its article's text; raises BrokenQuote."""
    texts = {ranked.article.id: ranked.article.text for ranked in evidence.passages}
    for citation in citations:
        if texts[citation.article.id][citation.start : citation.end] != citation.quote:
            raise BrokenQuote(f"citation {citation.number} is not the text of article '{citation.article.id}'")


def _citation(number: int, article: Article, passage: Passage, span: Span) -> Citation:
    quote = span.of(article.text)
    inside = passage.span.start <= span.start < span.end <= passage.span.end
    if passage.article_id != article.id or not inside or passage.quote(span) != quote or not quote.strip():
        raise BrokenQuote(
            f"passage {passage.id} doesn't match the text of its article at {span.start}..{span.end}; "
            "mend the library with: insight verify --repair"
        )
    return Citation(
        number=number,
        article=ArticleRef.of(article),
        passage_id=passage.id,
        quote=quote,
        start=span.start,
        end=span.end,
        link=text_fragment(article.url, quote, before=article.text[: span.start]),
    )
