import pytest

from ingest.clean import clean
from ingest.post import Post
from ingest.shortcodes import without_shortcodes


def read(html: str) -> str:
    body = f"<article>{without_shortcodes(html)}</article>"
    return clean(Post("p", body.encode(), "text/html", {"title": "T"})).article.text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            "<p>[vc_row][vc_column width=”1/2″]It began in 2009.[/vc_column][/vc_row][vc_row]It grew.[/vc_row]</p>",
            "It began in 2009.\n\nIt grew.",
            id="a builder's rows and columns hold blocks",
        ),
        pytest.param(
            "[et_pb_section fb_built=”1″][et_pb_text]<p>Gao Min runs it.</p>[/et_pb_text][/et_pb_section]",
            "Gao Min runs it.",
            id="around paragraphs",
        ),
        pytest.param(
            "<p>It grew.[button link=”/x”]See how it grew[/button]</p>", "It grew.\n\nSee how it grew", id="button"
        ),
        pytest.param("<p>[dropcap]T[/dropcap]he fund grew.</p>", "The fund grew.", id="within a word"),
        pytest.param(
            "<p>He [sic] said [see page 5] that [CRO] won [1].</p>",
            "He [sic] said [see page 5] that [CRO] won [1].",
            id="words in brackets",
        ),
        pytest.param("<p>The gas CO[CO_2] rose.</p>", "The gas CO[CO_2] rose.", id="a formula in brackets"),
        pytest.param(
            "<p>Write <code>[gallery]</code> here.</p><pre>[vc_row]x[/vc_row]</pre>",
            "Write [gallery] here.\n\n[vc_row]x[/vc_row]",
            id="code about shortcodes",
        ),
    ],
)
def test_shortcodes_that_a_site_did_not_show_are_no_part_of_the_text(html: str, expected: str) -> None:
    assert read(html) == expected
