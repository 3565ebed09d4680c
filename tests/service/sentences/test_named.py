"""Which questions want names, and which sentences give none."""

import pytest

from service.sentences.named import asks_names, names_none


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        pytest.param("Which companies left the mill?", True, id="which"),
        pytest.param("Which two boat firms left?", True, id="so many"),
        pytest.param("At which university did she teach?", True, id="behind a preposition"),
        pytest.param("What is the name of the contractor?", True, id="a name"),
        pytest.param("Give me the names of the lending banks.", True, id="names of"),
        pytest.param("List the hospitals in Ulverby.", True, id="a list"),
        pytest.param("What kinds of companies rent benches?", False, id="of a sort"),
        pytest.param("What must a landlord pay?", False, id="of one in general"),
        pytest.param("What did the company pay?", False, id="of the one"),
        pytest.param("Which risks are there?", False, id="what bears no name"),
    ],
)
def test_what_asks_names(question: str, asks: bool) -> None:
    assert asks_names(question) is asks


@pytest.mark.parametrize(
    ("sentence", "none"),
    [
        pytest.param("Nine had left the mill altogether.", True, id="a number"),
        pytest.param("In May only a few were left.", True, id="a month"),
        pytest.param("Firms that use AI left first.", True, id="a thing in capitals"),
        pytest.param("Brill Works and Norvane left.", False, id="names"),
        pytest.param("The mill's tenants left, Ulverby among them.", True, id="only what the question says"),
        pytest.param("These left:", False, id="a lead-in"),
        pytest.param("The one called \u201cthe loft\u201d left.", False, id="in quotation marks"),
    ],
)
def test_what_names_none(sentence: str, none: bool) -> None:
    assert names_none(sentence, "Which companies left Ulverby mill?") is none
