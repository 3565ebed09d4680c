"""The sentences in which an article concludes."""

import pytest

from ingest.split import split
from service.checks.orders import quotable
from service.sentences.concluding import concluding
from tests.service.small_library import article

TEXT = "The mill is old.\n\n## Its looms\n\nThey are loud. Weavers know it.\n\n"


@pytest.mark.parametrize(
    ("end", "concludes"),
    [
        pytest.param(
            "## Outlook\n\nIt may close. Nobody knows. We wait.", ["It may close.", "Nobody knows."], id="head"
        ),
        pytest.param(
            "## Money\n\nTwo lessons follow. First, save. Second, spend. Then rest.",
            ["Two lessons follow.", "First, save.", "Second, spend."],
            id="said, with what is numbered",
        ),
        pytest.param("In short, it is loud. It pays.", ["In short, it is loud."], id="said alone"),
        pytest.param("## Money\n\nIt costs much.", [], id="neither"),
        pytest.param("## 结语\n\n磨坊很旧。它还在转。", ["磨坊很旧。", "它还在转。"], id="zh head"),
        pytest.param("## 钱\n\n总之，磨坊很吵。它还在转。", ["总之，磨坊很吵。"], id="zh said"),
    ],
)
def test_conclusions_are_found(end: str, concludes: list[str]) -> None:
    held = article(f"# The mill\n\n{TEXT}{end}\n", "mill.md")
    placed = [(passage, sentence) for passage in split(held) for sentence in quotable(passage)]
    assert [sentence.span.of(held.text) for _, sentence in concluding(placed, held)] == concludes


def test_an_article_without_sentences_concludes_nothing() -> None:
    assert concluding([], article("# The mill\n\nOld.\n", "mill.md")) == []
