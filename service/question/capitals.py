"""Names that were typed small, as the articles write them: "who runs the sanger institute" asks of a name."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.article import Span
from corpus.language import Analyzer, Token
from corpus.view import View
from service.text.words import LIGHT_EN, SORTS_EN, STOP_EN

_READ = 3  # passages that say how a word is written
_SHORTEST = 3  # letters of a word that is looked up
_NO_NAMES = STOP_EN | LIGHT_EN | SORTS_EN | {"lab", "labs", "parks", "school", "universities"}
_WITHIN = re.compile(r"[a-z,;) ] ?$")  # what stands before a word in the middle of a sentence


def with_capitals(text: str, view: View, analyzer: Analyzer) -> str:
    """Return ``text`` with the words that articles of ``view`` write with a capital, within sentences too, so written.

    What goes with them there gets its capital too ("institute" of the Sanger Institute). Small words, and what some
    article writes small, stay as they are.
    """
    words = [token for token in analyzer.tokens(text) if not token.chinese]
    changed = text
    for first, last, said in _runs(words, text, view):
        place = Span(words[first].span.start, words[last].span.end)
        changed = f"{changed[: place.start]}{said}{changed[place.end :]}"
    return changed


def _runs(words: Sequence[Token], text: str, view: View) -> Iterator[tuple[int, int, str]]:
    """Yield from which word to which a name goes that is as long with capitals, and how it is written."""
    joined = [text[one.span.end : two.span.start] == " " for one, two in pairwise(words)]
    for place, token in enumerate(words):
        word = token.span.of(text)
        if not word.islower() or len(word) < _SHORTEST or word in _NO_NAMES:
            continue
        texts = _passages(token.term, view)
        if (said := _written(word, texts)) is None:
            continue
        first = last = place
        while first and joined[first - 1] and (longer := _longer(words[first - 1], said, text, texts, before=True)):
            first, said = first - 1, longer
        while last < len(joined) and joined[last] and (longer := _longer(words[last + 1], said, text, texts)):
            last, said = last + 1, longer
        yield first, last, said


def _longer(token: Token, name: str, text: str, texts: Sequence[str], *, before: bool = False) -> str | None:
    """Return a name with the word beside it, where ``texts`` write both with a capital, else None."""
    word = token.span.of(text)
    if word in STOP_EN:
        return None
    return _found(f"{word} {name}" if before else f"{name} {word}", texts)


def _passages(term: str, view: View) -> list[str]:
    keys = view.postings([(term,)])[term,].keys[:_READ].tolist()
    return [excerpt.text for excerpt in view.excerpts(keys).values()]


def _written(word: str, texts: Sequence[str]) -> str | None:
    """Return how ``texts`` write a word of the same letters, where they never write it small; else None."""
    forms = [form for text in texts for form in _forms(word, text)]
    return forms[0] if forms and not any(map(str.islower, forms)) else None


def _found(words: str, texts: Sequence[str]) -> str | None:
    """Return how ``texts`` write two words or more, each with a capital; None where they don't."""
    found = [form for text in texts for form in _forms(words, text)]
    return next((form for form in found if all(word[0].isupper() for word in form.split())), None)


def _forms(words: str, text: str) -> Iterator[str]:
    for match in re.finditer(rf"\b{re.escape(words)}\b", text, re.IGNORECASE):
        place = Span(*match.span())
        if _WITHIN.search(text, 0, place.start) or place.of(text).islower():
            yield place.of(text)
