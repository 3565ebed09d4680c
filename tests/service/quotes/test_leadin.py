"""What a quoted "it" stands for: the name that is put before the quote, in brackets, or nothing."""

import pytest

from corpus.glossary import Glossary
from corpus.language import Analyzer
from service.compose import compose
from service.quotes.leadin import name_for
from tests.service.reading import asked, page, read


@pytest.mark.parametrize(
    ("text", "quote", "name"),
    [
        pytest.param("Calder Hub rents benches. It opened in 2016.", "It opened", "Calder Hub", id="it"),
        pytest.param("BioBAY rents benches. Its rents rose.", "Its rents", "BioBAY", id="its"),
        pytest.param(
            "The Calder Hub is old. It is cold. It opened in 2016.", "It opened", "Calder Hub", id="through it"
        ),
        pytest.param("Calder Hub (a mill) is old. It opened late.", "It opened", "Calder Hub", id="an aside"),
        pytest.param("Ada Lee ran the mill. She left in 2016.", "She left", "Ada Lee", id="she"),
        pytest.param("The mill is run by Ada Lee, a surgeon. She left in 2016.", "She left", "Ada Lee", id="by her"),
        pytest.param(
            "It stood empty until Dr Ada Lee bought it. She left in 2016.", "She left", "Dr Ada Lee", id="by a title"
        ),
        pytest.param(
            "Then a friend, Ada Lee, a surgeon, bought it. She left in 2016.",
            "She left",
            "Ada Lee",
            id="by what she is",
        ),
        pytest.param(
            "Many firms like Calder Science Park.\n\nThe park opened in 2016.",
            "The park",
            "Calder Science Park",
            id="the park",
        ),
        pytest.param("临港创新谷位于上海。它成立于2012年。", "它成立于", "临港创新谷", id="zh it"),
        pytest.param("临港创新园成立于2012年。该园有260家企业。", "该园有", "临港创新园", id="zh this park"),
        pytest.param("苏州位于江苏。这里有很多企业。", "这里有", "苏州", id="zh here"),
    ],
)
def test_a_name_that_stands_before_is_given(
    text: str, quote: str, name: str, analyzer: Analyzer, glossary: Glossary
) -> None:
    assert given_name(text, quote, analyzer, glossary) == name


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("Benches are rented out here. It opened in 2016.", "It opened", id="nothing names it"),
        pytest.param("Rents rose. It opened in 2016.", "It opened", id="an ordinary word"),
        pytest.param("In Calder, rents rose. It opened in 2016.", "It opened", id="the name is no subject"),
        pytest.param("Calder Hub rents benches.\n\nIt opened in 2016.", "It opened", id="another paragraph"),
        pytest.param("Calder Hub rents. It is clear that rents rose.", "It is clear", id="an idle it"),
        pytest.param("Calder Hub rents. The hub that closed was old.", "The hub that", id="another hub is meant"),
        pytest.param("Calder Park and Lenn Park rent.\n\nThe park opened.", "The park", id="two parks"),
        pytest.param("Ada and Bo met. She left.", "She left", id="two persons"),
        pytest.param("There Dr Ada Lee met Dr Bo Brill. She left.", "She left", id="two persons with titles"),
        pytest.param("Calder Hub rents benches. They are cheap.", "They are", id="they may be the benches"),
        pytest.param("租金上涨了。它成立于2012年。", "它成立于", id="zh nothing names it"),
        pytest.param("临港创新谷位于上海。其中三家是新企业。", "其中三家", id="zh among them"),
    ],
)
def test_no_name_is_guessed(text: str, quote: str, analyzer: Analyzer, glossary: Glossary) -> None:
    assert given_name(text, quote, analyzer, glossary) is None


def given_name(text: str, quote: str, analyzer: Analyzer, glossary: Glossary) -> str | None:
    found = read(asked("?", analyzer, glossary), page(text), analyzer=analyzer)
    return name_for(next(s for s in found.sentences if s.text.startswith(quote)), analyzer)


def test_the_name_stands_in_brackets_before_the_quote(analyzer: Analyzer, glossary: Glossary) -> None:
    question = asked("opened?", analyzer, glossary)
    found = read(question, page("Calder Hub rents benches. It opened in 2016.", title="Mills"), analyzer=analyzer)
    only = [s for s in found.sentences if s.text.startswith("It")]
    composed = compose([(type(found)(found.passages, tuple(only), 0.9), question)], analyzer)
    assert "".join(composed.pieces) == "From “Mills”, January 2025: “[Calder Hub] It opened in 2016.” [1]"
    assert composed.statements[0].text == composed.book.citations[0].quote == "It opened in 2016."


def test_right_after_the_sentence_that_names_it_nothing_is_added(analyzer: Analyzer, glossary: Glossary) -> None:
    question = asked("opened?", analyzer, glossary)
    found = read(question, page("Calder Hub rents benches. It opened in 2016."), analyzer=analyzer)
    assert "[Calder" not in "".join(compose([(found, question)], analyzer).pieces)
