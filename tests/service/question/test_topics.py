"""What is read of an answer of ours: none of the words that lead its quotes in, nothing where there was none."""

import pytest

from corpus.article import Language
from service.phrases import lead, not_found
from service.question.topics import own_words
from tests.service.reading import page


@pytest.mark.parametrize("language", ["en", "zh"])
def test_our_own_words_are_no_names_of_an_answer(language: Language) -> None:
    article = page("The mill is old.", title="Brill Works and Others")
    assert own_words(f"{lead(article, language)} “The mill is old.” [1]").strip() == "“The mill is old.”"
    assert own_words(not_found((), language)) == ""
