"""How a reply is read while it comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model.reply import ReplyReader, plain, sentences_of

PARTS = (
    "The park opened in 2014 [S-7f3a]. ",
    "Dr. Brandt met the U.S. envoy at 3.5 percent [1] [S-00ff]. ",
    "它于2014年启用。【S-7f3a】",
    "目前有1250家企业[S-00ff]。",
    "**Bold** and [a link](http://a.example/x) here! (S-7F3A) ",
    "Is it (as of 2023) open? [S-7f3a, S-00ff]\n",
    "- A list item ［S－7f3a］\n",
)


def read(*pieces: str) -> list[tuple[str, tuple[str, ...]]]:
    reader = ReplyReader()
    said = [sentence for piece in pieces for sentence in reader.feed(piece)] + list(reader.close())
    return [(sentence.text, sentence.keys) for sentence in said]


@given(parts=st.lists(st.sampled_from(PARTS), min_size=1, max_size=5), cuts=st.lists(st.integers(1, 30), min_size=1))
def test_reading_does_not_depend_on_where_chunks_end(parts, cuts):
    text = "".join(parts)
    pieces, start = [], 0
    for place in range(len(text)):
        end = start + cuts[place % len(cuts)]
        pieces.append(text[start:end])
        start = end
    assert read(*pieces) == read(text) == [sentence for part in parts for sentence in read(part)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param("One [S-7f3a].", ("One.", ("S-7f3a",)), id="before the stop"),
        pytest.param("One. [S-7F3A] [s-00ff]", ("One.", ("S-7f3a", "S-00ff")), id="behind it, capitals folded"),
        pytest.param("One S-7f3a.", ("One.", ("S-7f3a",)), id="bare"),
        pytest.param("One [S\u20117f3a].", ("One.", ("S-7f3a",)), id="another hyphen"),
        pytest.param("One 【S-7f3a†source】.", ("One.", ("S-7f3a",)), id="with a dagger"),
        pytest.param("One [[S-7f3a]].", ("One.", ("S-7f3a",)), id="two brackets"),
        pytest.param("One [S-7f3a [S-00ff]].", ("One.", ("S-00ff", "S-7f3a")), id="a bracket in a bracket"),
        pytest.param("One [[S-7f3a]](#).", ("One.", ("S-7f3a",)), id="a link"),
        pytest.param("One \\[S-7f3a\\].", ("One.", ("S-7f3a",)), id="escaped brackets"),
        pytest.param("One \\cite{S-7f3a}.", ("One.", ("S-7f3a",)), id="as in LaTeX"),
        pytest.param("One {S-7f3a}.", ("One.", ("S-7f3a",)), id="braces"),
        pytest.param("One _[S-7f3a]_.", ("One.", ("S-7f3a",)), id="underlined"),
        pytest.param("一在「S-7f3a」。", ("一在。", ("S-7f3a",)), id="zh quotation marks"),
        pytest.param("One [S-7f3a", ("One", ("S-7f3a",)), id="never closed"),
        pytest.param("One S-7f3a].", ("One.", ("S-7f3a",)), id="never opened"),
        pytest.param("One is [S-7f", ("One is", ()), id="cut off within the key"),
        pytest.param("[S-7f3a]: one is.", ("One is.", ("S-7f3a",)), id="before a colon"),
        pytest.param("As [S-7f3a] notes, one is.", ("One is.", ("S-7f3a",)), id="as a key notes"),
        pytest.param("[S-7f3a] states that one is.", ("One is.", ("S-7f3a",)), id="a key states"),
        pytest.param("如[S-7f3a]所述，一在。", ("一在。", ("S-7f3a",)), id="zh as a key notes"),
        pytest.param("One.[S-7f3a].", ("One.", ("S-7f3a",)), id="two full stops"),
        pytest.param("(One is [S-7f3a].)", ("One is.", ("S-7f3a",)), id="all in brackets"),
        pytest.param("One [7f3a].", ("One.", ("S-7f3a",)), id="without its S"),
        pytest.param("One [S 7f3a, S_00ff].", ("One.", ("S-7f3a", "S-00ff")), id="without its hyphen"),
        pytest.param(
            "\u200bOne&nbsp;is [S-7f3a].", ("One is.", ("S-7f3a",)), id="blanks without a width, and entities"
        ),
        pytest.param("参考来源：[S-7f3a]", ("", ("S-7f3a",)), id="zh a list of sources"),
        pytest.param("```markdown", ("", ()), id="a fence"),
        pytest.param("<|im_start|>assistant", ("", ()), id="a chat's marks"),
        pytest.param("One [S-xyz].", ("One.", ()), id="misspelt key"),
        pytest.param("One [12][^3] [Source 4].", ("One.", ()), id="footnotes"),
        pytest.param("One [sic] (two).", ("One [sic] (two).", ()), id="brackets with words stay"),
        pytest.param("p < 5 and q > 3", ("p < 5 and q > 3", ()), id="signs that are no HTML"),
        pytest.param("<script>alert(1)</script>One.", ("One.", ()), id="script"),
        pytest.param("According to S [S-7f3a], one is.", ("One is.", ("S-7f3a",)), id="according to a key"),
        pytest.param("One is (source: S-7f3a).", ("One is.", ("S-7f3a",)), id="a source in brackets"),
        pytest.param("One is — S-7f3a.", ("One is.", ("S-7f3a",)), id="behind a dash"),
        pytest.param("根据S-7f3a，一在。", ("一在。", ("S-7f3a",)), id="zh according to a key"),
        pytest.param("One, according to Ada, is [S-7f3a].", ("One, according to Ada, is.", ("S-7f3a",)), id="a person"),
        pytest.param("来自数据[S-7f3a]。", ("来自数据。", ("S-7f3a",)), id="zh a word that ends as one for a source"),
        pytest.param("它是人才来源[S-7f3a]。", ("它是人才来源。", ("S-7f3a",)), id="zh a source of something else"),
        pytest.param("这是意见[S-7f3a]，不是据[S-7f3a]。", ("这是意见，不是据。", ("S-7f3a",)), id="zh an opinion"),
        pytest.param(
            "要有数据[S-7f3a]、人[S-00ff]，而不是[S-7f3a]。",
            ("要有数据、人，而不是。", ("S-7f3a", "S-00ff")),
            id="zh marks behind keys",
        ),
        pytest.param("据[S-7f3a]介绍，一在。", ("一在。", ("S-7f3a",)), id="zh a key tells"),
        pytest.param("一，据[S-7f3a]，在。", ("一，在。", ("S-7f3a",)), id="zh between commas"),
        pytest.param("一在，来源[S-7f3a]。", ("一在。", ("S-7f3a",)), id="zh a source behind a comma"),
        pytest.param("It is a data source [S-7f3a].", ("It is a data source.", ("S-7f3a",)), id="a source of data"),
        pytest.param("Sources [S-7f3a] include it.", ("Sources include it.", ("S-7f3a",)), id="sources of something"),
        pytest.param("One is, see source [S-7f3a].", ("One is.", ("S-7f3a",)), id="see a source"),
        pytest.param("One is, as described in [S-7f3a].", ("One is.", ("S-7f3a",)), id="as described in a key"),
        pytest.param("One is, as the source [S-7f3a] notes.", ("One is.", ("S-7f3a",)), id="as a source notes"),
        pytest.param("Source [S-7f3a] says that one is.", ("One is.", ("S-7f3a",)), id="a source says"),
        pytest.param("One, according to [S-7f3a], is.", ("One is.", ("S-7f3a",)), id="between commas"),
        pytest.param(
            "One is according to [S-7f3a], but two is.", ("One is, but two is.", ("S-7f3a",)), id="before a comma"
        ),
        pytest.param("（1）One.", ("One.", ()), id="a number in brackets"),
        pytest.param("2）One.", ("One.", ()), id="a number with a bracket"),
        pytest.param("1.5 million came.", ("1.5 million came.", ()), id="a number that counts stays"),
        pytest.param("3. *One* `two` __three__", ("One two three", ()), id="list mark and emphasis"),
    ],
)
def test_plain(raw, expected):
    assert plain(raw) == expected


def test_sentence_comes_as_soon_as_the_next_begins():
    reader = ReplyReader()
    assert list(reader.feed("One is here. [S-7f3a")) == []
    assert list(reader.feed("]")) == []
    assert [said.keys for said in reader.feed(" Two")] == [("S-7f3a",)]


def test_the_end_of_thoughts_voids_what_came_before():
    said = list(sentences_of(["I should say that. [S-7f3a] And ", "this.</thi", "nk> One is here. [S-7f3a]"]))
    assert [sentence and sentence.text for sentence in said] == ["I should say that.", None, "One is here."]
