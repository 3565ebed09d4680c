"""Names typed small get the capitals that the articles give them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.language import Analyzer
from corpus.library import Library
from service.question.capitals import with_capitals
from tests.corpus.examples import make_article, passages_of

TEXT = (
    "The firm rents from the Calder Trade Zone, beside Brill College. In May the college paid for it, and Tessel "
    "reads what a reader reads."
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("who runs tessel", "who runs Tessel", id="a name"),
        pytest.param("where is brill college", "where is Brill College", id="a name with the word that goes with it"),
        pytest.param("who runs the college", "who runs the college", id="that word alone"),
        pytest.param("who rents in the calder trade zone?", "who rents in the Calder Trade Zone?", id="three words"),
        pytest.param("what does the firm read", "what does the firm read", id="what is small in the articles"),
        pytest.param("may it pay", "may it pay", id="a small word"),
        pytest.param("who runs TESSEL", "who runs TESSEL", id="what has capitals already"),
        pytest.param("where is zzyx", "where is zzyx", id="what no article has"),
        pytest.param("tessel在哪里", "Tessel在哪里", id="within Chinese"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_names_are_written_as_in_the_articles(
    open_library: Callable[[Path], Library], tmp_path: Path, analyzer: Analyzer, text: str, written: str
) -> None:
    library, article = open_library(tmp_path), make_article("calder", TEXT)
    library.publish(article, passages_of(article))
    with library.view() as view:
        assert with_capitals(text, view, analyzer) == written
