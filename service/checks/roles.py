"""What stands behind "from", "to" or "for": "from London to Brill" may not become "from Brill to London".

Nor may what happens because of something be told as happening in spite of it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from corpus.language import Analyzer, sentence_spans
from service.text.wording import SMALL_WORDS, fold

_ROLES: Mapping[str, str] = {
    "from": "from", "to": "to", "into": "to", "for": "for", "under": "under", "onto": "to", "because of": "cause",
    "due to": "cause", "owing to": "cause", "thanks to": "cause", "despite": "in spite", "in spite of": "in spite",
}  # fmt: skip
_ROLE = re.compile(rf"\b(?:{'|'.join(sorted(_ROLES, key=len, reverse=True))})\b", re.IGNORECASE)
_RULES_OUT = {"cause": "in spite", "in spite": "cause"}
_PHRASE = re.compile(r"\s+([\w’'&-]+(?:\s+[\w’'&-]+)*)")
_ENDS = re.compile(
    r"\b(?:of|in|on|at|by|with|as|and|or|but|that|which|who|where|when|while|if|is|are|was|were|has|have|had|will|can"
    r"|may|must|should|after|before|during|since|until|than|from|to|into|for|under|because|due|owing|thanks|despite)\b"
)
_LONGEST = 5  # words of a phrase

_Phrases = frozenset[frozenset[str]]
"""Some phrases, each by the words that carry its content."""
_NONE: _Phrases = frozenset()


def role_exchanged(statement: str, quotes: Sequence[str], analyzer: Analyzer) -> str | None:
    """Return a word behind which a statement and a sentence of its quotes have each other's things; None for none.

    So has "despite" where the sentence has the same behind "because of".
    """
    said, own = _phrases(statement, analyzer), _keys(statement, analyzer)
    sentences = [span.of(quote) for quote in quotes for span in sentence_spans(quote)] if said else []
    rows = [(_phrases(sentence, analyzer), _keys(sentence, analyzer)) for sentence in sentences]
    for role, phrases in said.items():
        everywhere = _NONE.union(*(shown.get(role, _NONE) for shown, _ in rows))
        for shown, other in rows:
            ruled_out = shown.get(_RULES_OUT.get(role, ""), _NONE)
            if not phrases.isdisjoint(ruled_out) and phrases.isdisjoint(everywhere):
                return role
            if _elsewhere(phrases, everywhere, other) and _elsewhere(shown.get(role, _NONE), phrases, own):
                return role
    return None


def _elsewhere(phrases: _Phrases, others: _Phrases, keys: frozenset[str]) -> bool:
    """Whether a text has all words of one of some phrases, and none of them in that role."""
    taken = frozenset[str]().union(*others)
    return any(phrase <= keys and phrase.isdisjoint(taken) for phrase in phrases)


@lru_cache(maxsize=4096)
def _phrases(text: str, analyzer: Analyzer) -> Mapping[str, _Phrases]:
    found = dict[str, _Phrases]()
    for match in _ROLE.finditer(text):
        behind = _PHRASE.match(text, match.end())
        phrase = _ENDS.split(behind[1])[0] if behind else ""
        keys = _keys(" ".join(phrase.split()[:_LONGEST]), analyzer)
        role = _ROLES[match.group().lower()]
        if keys:
            found[role] = found.get(role, _NONE) | {keys}
    return found


@lru_cache(maxsize=4096)
def _keys(text: str, analyzer: Analyzer) -> frozenset[str]:
    words = [(token.term, fold(token.span.of(text))) for token in analyzer.tokens(text)]
    return frozenset(term for term, word in words if word not in SMALL_WORDS and not word[0].isdigit())
