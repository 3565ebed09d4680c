"""What stands behind "from", "to" or "for": "from London to Brill" may not become "from Brill to London".

Nor may what happens because of something be told as happening in spite of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.language import CHINESE_CHAR, Analyzer, sentence_spans
from service.text.wording import SMALL_WORDS, fold

_ROLES: Mapping[str, str] = {
    "from": "from", "to": "to", "into": "to", "for": "for", "under": "under", "onto": "to", "because of": "cause",
    "due to": "cause", "owing to": "cause", "thanks to": "cause", "despite": "in spite", "in spite of": "in spite",
}  # fmt: skip
_ROLE = re.compile(rf"\b(?:{'|'.join(sorted(_ROLES, key=len, reverse=True))})\b", re.IGNORECASE)
_RULES_OUT = {"cause": "in spite", "in spite": "cause"}
_PHRASE = re.compile(r"\s+([\w’'&-]+(?:\s+[\w’'&-]+)*)")
_INFINITIVE = re.compile(
    r"\s+(?!(?:a|an|the|its|his|her|their|our|this|that|these|those|all|any|each|every|both|some|one|two|three|no)\b)[a-z]"
)
_ENDS = re.compile(
    r"\b(?:of|in|on|at|by|with|as|and|or|but|that|which|who|where|when|while|if|is|are|was|were|has|have|had|will|can"
    r"|may|must|should|after|before|during|since|until|than|from|to|into|for|under|because|due|owing|thanks|despite)\b"
)
_MOVED_ZH = re.compile(
    r"从(?P<one>[^，。；：从]{1,12}?)(?:转[向到为变]|变[为成]|改[为成]|[迁移][往至到]|搬[到至往])(?P<other>[^，。；：]{1,12})"
)
_LONGEST, _LONGEST_AHEAD = 5, 2  # words of a phrase, and of what it belongs to

_Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Phrase:
    """What stands behind a word, and right before it, by the words that carry its content."""

    keys: _Keys
    ahead: _Keys

    def is_of(self, other: "_Phrase") -> bool:
        """Whether both may belong to the same: "moved to Calder", "moved to Ulverby"; nothing may stand before one."""
        return not (self.ahead and other.ahead) or not self.ahead.isdisjoint(other.ahead)


_Phrases = frozenset[_Phrase]
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
            ruled_out = {phrase.keys for phrase in shown.get(_RULES_OUT.get(role, ""), _NONE)}
            if any(keys in ruled_out for keys in {one.keys for one in phrases} - {one.keys for one in everywhere}):
                return role
            here, there = _elsewhere(phrases, everywhere, other), _elsewhere(shown.get(role, _NONE), phrases, own)
            if any(one.is_of(two) for one in here for two in there):
                return role
    return None


def _elsewhere(phrases: _Phrases, others: _Phrases, keys: _Keys) -> list[_Phrase]:
    """Return those of some phrases all of whose words a text has, and none of them in that role."""
    taken = _Keys().union(*(phrase.keys for phrase in others))
    return [phrase for phrase in phrases if phrase.keys <= keys and phrase.keys.isdisjoint(taken)]


@lru_cache(maxsize=4096)
def _phrases(text: str, analyzer: Analyzer) -> Mapping[str, _Phrases]:
    found = dict[str, _Phrases]()
    for match in _ROLE.finditer(text):
        behind = _PHRASE.match(text, match.end())
        phrase = _ENDS.split(behind[1])[0] if behind else ""
        keys = _keys(" ".join(phrase.split()[:_LONGEST]), analyzer)
        role = _ROLES[match.group().lower()]
        if keys and not (match.group().lower() == "to" and _INFINITIVE.match(text, match.end())):
            found[role] = found.get(role, _NONE) | {_Phrase(keys, _ahead(text[: match.start()], analyzer))}
    for match in _MOVED_ZH.finditer(text):
        for role, phrase in (("from", match["one"]), ("to", match["other"])):
            found[role] = found.get(role, _NONE) | {_Phrase(_Keys(analyzer.bigrams(phrase)), _Keys())}
    return found


def _ahead(text: str, analyzer: Analyzer) -> _Keys:
    """Return the last words with content of a text."""
    words = [token.term for token in analyzer.tokens(text) if fold(token.span.of(text)) not in SMALL_WORDS]
    return _Keys(words[-_LONGEST_AHEAD:])


@lru_cache(maxsize=4096)
def _keys(text: str, analyzer: Analyzer) -> _Keys:
    """Return the words with content, and pairs of Chinese characters: 使用 is a small word elsewhere."""
    words = [(token.term, fold(token.span.of(text))) for token in analyzer.tokens(text)]
    pairs = analyzer.bigrams(text) if CHINESE_CHAR.search(text) else ()
    return _Keys((*(term for term, word in words if word not in SMALL_WORDS and not word[0].isdigit()), *pairs))
