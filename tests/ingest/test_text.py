import pytest

from ingest.post import BadPost
from ingest.text import decode, join_lines, one_line, tidy, tidy_code, word_count

ENGLISH = "Café culture in “Cambridge” — the naïve view is that £30 buys lunch. The city’s clusters are changing. "
CHINESE = "园区成立于二零一一年，目前聚集了一千多家企业。合同研究组织是受委托的机构。"
TRADITIONAL = "園區成立於二零一一年，目前聚集了一千多家企業。合約研究組織是受委託的機構。"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(ENGLISH, "utf-8", id="utf-8"),
        pytest.param(CHINESE, "utf-8-sig", id="utf-8 with its mark"),
        pytest.param(CHINESE, "utf-16", id="utf-16 with its mark"),
        pytest.param(ENGLISH, "utf-32", id="utf-32 with its mark"),
        pytest.param(CHINESE, "gb18030", id="gb 18030"),
        pytest.param(TRADITIONAL, "big5", id="big 5"),
        pytest.param(ENGLISH, "cp1252", id="windows-1252"),
    ],
)
def test_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_declared_encoding_settles_what_is_too_short_to_guess() -> None:
    assert decode("标题".encode("gb18030"), declared="gb2312") == "标题"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(b"", "empty", id="no bytes"),
        pytest.param(b" \n\t ", "empty", id="blank"),
        pytest.param(b"abc\x00def", "not a text file", id="a NUL byte"),
        pytest.param(b"%PDF-1.7 and so on", "not a text file", id="a PDF under a wrong name"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "not a text file", id="a picture under a wrong name"),
        pytest.param("Это русский текст. ".encode("cp1251") * 5, "not text in a known encoding", id="windows-1251"),
        pytest.param(bytes(range(128, 256)) * 4, "not text in a known encoding", id="noise"),
        pytest.param("text".encode("utf-16") + b"\x00", "broken utf-16", id="half a utf-16 character"),
    ],
)
def test_what_is_no_text_is_refused(body: bytes, reason: str) -> None:
    with pytest.raises(BadPost, match=reason):
        decode(body)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="line ends"),
        pytest.param("a\u00a0\t  b\u3000c", "a b c", id="spaces"),
        pytest.param("a\u200bb\ufeffc\u202ed\u2066e\u00adf", "abcdef", id="zero width and direction marks"),
        pytest.param("a\x07b\x00c", "abc", id="controls"),
        pytest.param("x\U000e0041y", "xy", id="invisible tags"),
        pytest.param("x\ud800y", "xy", id="half a surrogate pair"),
        pytest.param("e\u0301", "é", id="composed"),
        pytest.param("👩\u200d🔬 a\u200db", "👩\u200d🔬 ab", id="an emoji stays whole"),
        pytest.param("ﬁt ① Ａ", "ﬁt ① Ａ", id="letters stay as written"),
        pytest.param("  a  \n  b  ", "a\nb", id="edges of lines"),
    ],
)
def test_tidy(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


def test_code_keeps_its_indents() -> None:
    assert tidy_code("if x:\n\n\treturn  1 \n") == "if x:\n    return  1"


def test_wrapped_lines_join_by_script() -> None:
    assert join_lines(["one", "two"]) == "one two"
    assert join_lines(["江北", "新区"]) == "江北新区"
    assert join_lines(["江北", "CRO"]) == "江北 CRO"
    assert one_line(" a\n b ") == "a b"


def test_a_chinese_character_counts_as_about_half_a_word() -> None:
    assert word_count("two words") == 2
    assert word_count("江北新区") == pytest.approx(2.2)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("می\u200cخواهم", id="Persian"),
        pytest.param("क्\u200dष", id="Hindi"),
        pytest.param("ක්\u200dර", id="Sinhala"),
    ],
)
def test_joiners_stay_where_a_script_needs_them(text: str) -> None:
    assert tidy(text) == text
    assert tidy(f"plain\u200cword {text}") == f"plainword {text}"
