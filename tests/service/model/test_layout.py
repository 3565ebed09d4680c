"""What an answer keeps of its reply's paragraphs and lists."""

import pytest

from service.model.layout import Layout, Places, laid_out
from service.model.reply import sentences_of


def layouts(reply: str) -> list[Layout]:
    return [said.layout for said in sentences_of([reply]) if said]


def placed(reply: str, *left_out: str) -> str:
    """Lay a reply out anew, without the sentences that begin with one of these words."""
    places, text = Places(), ""
    for said in filter(None, sentences_of([reply])):
        places.see(said.layout)
        if not said.text.startswith(left_out or ("\0",)):
            text += places.take() + said.text
    return text


@pytest.mark.parametrize(
    ("raw", "layout"),
    [
        pytest.param("One is.", Layout(1), id="a line"),
        pytest.param("- One is.", Layout(1, "-"), id="a bullet"),
        pytest.param("  * One is.", Layout(1, "-", indent=2), id="a bullet moved in"),
        pytest.param("1. One is.", Layout(1, "1", first=True), id="the first number"),
        pytest.param("（2）一在。", Layout(1, "1"), id="a number in brackets"),
        pytest.param("一、一在。", Layout(1, "1", first=True), id="zh a number"),
        pytest.param("③一在。", Layout(1, "1"), id="a number in a circle"),
        pytest.param("1.5 million came.", Layout(1), id="a number that counts"),
        pytest.param("## One", Layout(1, heading=True), id="a heading"),
        pytest.param("**One thing.** ", Layout(1, heading=True), id="bold words alone"),
        pytest.param("**One** is.", Layout(1), id="bold words in a sentence"),
    ],
)
def test_what_stands_before_a_sentence(raw: str, layout: Layout) -> None:
    assert laid_out("\n", raw) == layout
    assert laid_out(" ", raw) == Layout()


def test_layout_is_read_across_pieces() -> None:
    said = [each.layout for each in sentences_of(["One.\n", "\n", "-", " Two.\n1", ". 三。"]) if each]
    assert said == [Layout(1), Layout(2, "-"), Layout(1, "1", first=True)]


@pytest.mark.parametrize(
    ("reply", "left_out", "expected"),
    [
        pytest.param("One. Two.\n\nThree.", (), "One. Two.\n\nThree.", id="paragraphs"),
        pytest.param("One.\nTwo.", (), "One.\nTwo.", id="lines"),
        pytest.param("One:\n\n* Two.\n* Three.\n\nFour.", (), "One:\n- Two.\n- Three.\n\nFour.", id="bullets"),
        pytest.param("1. One.\n2. Two.\n3. Three.", ("Two",), "1. One.\n2. Three.", id="numbers close up"),
        pytest.param("1. One.\n2. Two.", ("One",), "1. Two.", id="and begin with one"),
        pytest.param("1. A.\n2. B.\n\nC.\n\n1. D.\n2. E.", ("D",), "1. A.\n2. B.\n\nC.\n1. E.", id="in each list anew"),
        pytest.param("- One. Two.\n- Three.", ("One",), "- Two.\n- Three.", id="an item's second sentence"),
        pytest.param("- One.\n  - Two.\n- Three.", (), "- One.\n  - Two.\n- Three.", id="an item under another"),
        pytest.param("- One.\n  - Two.\n  - Three.", ("One",), "- Two.\n- Three.", id="without that one"),
        pytest.param("1. **One.**\n   Two.\n2. Three.", ("One",), "1. Two.\n2. Three.", id="a line within an item"),
        pytest.param("One. Two.\n\nThree.", ("One",), "Two.\n\nThree.", id="nothing before the first"),
        pytest.param("One.\n\nTwo. Three.", ("Two",), "One.\n\nThree.", id="a paragraph's second sentence"),
    ],
)
def test_what_is_left_out_leaves_no_gap(reply: str, left_out: tuple[str, ...], expected: str) -> None:
    assert placed(reply, *left_out) == expected


def test_only_the_beginning_of_a_line_has_a_layout() -> None:
    assert layouts("One - two. 2. Three.") == [Layout(1)] + [Layout()] * (len(layouts("One - two. 2. Three.")) - 1)
