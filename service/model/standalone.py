"""Follow-ups by the language model: it makes a question stand on its own, and code checks that it made nothing up."""

import re
from collections.abc import Sequence

import structlog

from corpus.language import Analyzer, detect
from service.answer import Turn
from service.checks.orders import is_barred
from service.failures import ModelFailed
from service.model.prompts import FOLLOW_UP_RULES, LANGUAGE_NAMES, follow_up_prompt, newest_turns
from service.model.reply import plain
from service.model.talk import Talk
from service.text.quantities import dates, numbers
from service.text.wording import NameIndex, squash
from service.text.words import STOP_EN, STOP_ZH
from service.verify import content_terms

LONGEST = 300
"""Most characters of a question that a model made to stand on its own."""

_HISTORY_TOKENS = 1500
_MARKUP = re.compile(r"[\[\]<>{}|\\`*_]|://|www\.", re.IGNORECASE)
_QUOTE_MARKS = "\"'“”‘’「」 "

log = structlog.get_logger(__name__)


def standalone(question: str, history: Sequence[Turn], *, talk: Talk, analyzer: Analyzer) -> str | None:
    """Return ``question`` with what it leaves to ``history`` put in, as the model does it.

    None where there is no history, where the model leaves the question as it is, and where it fails or its version does
    not pass: then the rules of ``followups`` decide.
    """
    turns = newest_turns(history, _HISTORY_TOKENS)
    if not turns:
        return None
    rules = FOLLOW_UP_RULES.format(language=LANGUAGE_NAMES[detect(question)])
    try:
        reply = talk.ask(rules, follow_up_prompt(question, turns))
    except ModelFailed as failure:
        log.warning("the language model could not rewrite a follow-up", reason=failure.in_full)
        return None
    rewritten = reply.strip().strip(_QUOTE_MARKS)
    known = [question, *(turn.content for turn in turns)]
    if squash(rewritten) == squash(question) or not passes(rewritten, question, known, analyzer):
        return None
    return rewritten


def passes(rewritten: str, question: str, known: Sequence[str], analyzer: Analyzer) -> bool:
    """Whether a version of ``question`` may take its place.

    It is one line in the same language, says every name, number and date of the question, and nothing that stands in
    neither the question nor the conversation (``known`` holds both): it is shown to the asker, unproved.
    """
    if not rewritten or len(rewritten) > LONGEST or not rewritten.isprintable() or _MARKUP.search(rewritten):
        return False
    if plain(rewritten)[0] != rewritten or is_barred(rewritten) or detect(rewritten) != detect(question):
        return False
    if _new_words(rewritten, known, analyzer):
        return False
    return not _unsaid(rewritten, known, analyzer) and not _unsaid(question, [rewritten], analyzer)


def _new_words(text: str, texts: Sequence[str], analyzer: Analyzer) -> bool:
    """Whether a word of ``text``, small ones aside, stands in none of ``texts`` in any of its forms.

    Chinese goes by characters: a word may be cut otherwise in another sentence.
    """
    shown = {term for other in texts for term in analyzer.terms(other)}
    characters = set(analyzer.normalise("".join(texts))) | STOP_ZH

    def known(term: str, word: str) -> bool:
        return term in shown or word.lower() in STOP_EN or (not word.isascii() and characters.issuperset(term))

    return not all(known(term, word) for term, word in content_terms(text, analyzer).items())


def _unsaid(text: str, texts: Sequence[str], analyzer: Analyzer) -> bool:
    """Whether a name, a number or a date of ``text`` stands in none of ``texts``."""
    if any(name.text.lower() not in STOP_EN for name in NameIndex(texts).missing(text)):
        return True
    values = {value for other in texts for number in numbers(other) for value in number.values}
    if any(values.isdisjoint(number.values) for number in numbers(text)):
        return True
    days = {(day.month, day.day) for other in texts for day in dates(other)}
    if any((day.month, day.day) not in days for day in dates(text)):
        return True
    squashed = [squash(analyzer.normalise(other)) for other in texts]
    return not all(any(squash(name) in other for other in squashed) for name in analyzer.chinese_names(text))
