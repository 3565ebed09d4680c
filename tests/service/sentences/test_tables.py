"""Rows of tables under their headers."""

import pytest

from corpus.glossary import Glossary
from corpus.language import Analyzer
from ingest.split import split
from service.sentences.tables import cell_asked_for, header_of
from tests.service.reading import understand
from tests.service.small_library import article

NUMBERS = "| Year | Revenue | Boats sold |\n|---|---|---|\n| 2023 | £12.7 million | 330 |\n| 2024 | £18 million | 505 |"
FUNDS = "| | Calder Seed | Tessel Early |\n|---|---|---|\n| First cheque | £150,000 | £2 million |"
FACTS = "| Founded | 2014 |\n|---|---|\n| Staff | 132 |"


def rows_of(table: str) -> list[tuple[str, str | None]]:
    """Each row of a table, and the header above it."""
    read = article(f"---\ntitle: Page\n---\nSome numbers.\n\n{table}\n", "page.md")
    sentences = [sentence for passage in split(read) for sentence in passage.sentences]
    headers = [(sentence, header_of(sentence, read)) for sentence in sentences]
    return [(s.span.of(read.text), header.of(read.text) if header else None) for s, header in headers]


@pytest.mark.parametrize(
    ("table", "headers"),
    [
        pytest.param(NUMBERS, [None, None, "Year | Revenue | Boats sold", "Year | Revenue | Boats sold"], id="titles"),
        pytest.param(FUNDS, [None, None, "Calder Seed | Tessel Early"], id="a column without a title"),
        pytest.param(FACTS, [None, None, None], id="a first row that is data"),
        pytest.param("", [None], id="no table"),
    ],
)
def test_a_row_has_the_header_of_its_table(table: str, headers: list[str | None]) -> None:
    assert [header for _, header in rows_of(table)] == headers


@pytest.mark.parametrize(
    ("table", "row", "question", "cell"),
    [
        pytest.param(NUMBERS, -1, "What was the revenue in 2024?", "£18 million", id="by its title"),
        pytest.param(NUMBERS, -1, "How many boats were sold in 2024?", "505", id="by another title"),
        pytest.param(FUNDS, -1, "How big is Tessel Early's first cheque?", "£2 million", id="the first has no title"),
        pytest.param(NUMBERS, -1, "How many visitors came in 2024?", None, id="no column of that"),
        pytest.param(NUMBERS, -1, "What were revenue and boats sold in 2024?", None, id="two columns"),
    ],
)
def test_the_cell_under_what_is_asked_for_answers(
    table: str, row: int, question: str, cell: str | None, analyzer: Analyzer, glossary: Glossary
) -> None:
    text, header = rows_of(table)[row]
    assert header is not None
    units = understand(question, analyzer=analyzer, glossary=glossary).units
    found = cell_asked_for(text, header, units, analyzer)
    assert (found and found.of(text)) == cell
