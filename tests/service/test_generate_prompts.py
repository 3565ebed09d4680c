"""The prompts' templates, and article text inside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.evidence import Evidence, RankedPassage
from service.model.prompts import (
    NOT_IN_ARTICLES,
    check_prompts,
    check_template,
    defused,
    repair_prompt,
    source_block,
    system_prompt,
)
from service.model.request import build_request
from tests.service.evidence_samples import article, passage


def test_prompts_as_they_are_pass_the_check():
    check_prompts()


@pytest.mark.parametrize(
    "template", ["{question} {sources} {extra}", "{question}", "{question} {sources} {}", "{question.x} {sources}"]
)
def test_check_names_a_wrong_variable(template):
    with pytest.raises(ValueError, match="prompt USER: unknown or missing template variable"):
        check_template("USER", template, {"question", "sources"})


def test_rules_name_the_sentinel_the_key_and_the_language():
    rules = system_prompt("zh", "S-12ab")
    assert NOT_IN_ARTICLES in rules
    assert "[S-12ab]" in rules
    assert "中文" in rules


def test_rules_say_what_is_checked_and_how_to_list():
    rules = system_prompt("en", "S-12ab")
    assert "Keep close to the source's words" in rules
    assert 'one whole sentence on a line that begins with "- " and ends with its key' in rules
    assert len(rules) < 1300


def test_a_repair_says_what_would_be_proved():
    prompt = repair_prompt("Who?", "", ["It is old."])
    assert "1. It is old." in prompt
    assert "keep close to the words of the source" in prompt


@pytest.mark.parametrize(
    ("headings", "text", "shown"),
    [
        pytest.param(("Towns", "Who is there"), "Who is there\nThe mill.", "Towns\nWho is there\nThe mill.", id="one"),
        pytest.param(("Towns", "Mills"), "Towns\nMills\nIt is old.", "Towns\nMills\nIt is old.", id="both"),
        pytest.param(("Towns", "Mills"), "It is old.", "Towns\nMills\nIt is old.", id="none"),
        pytest.param((), "It is old.", "It is old.", id="no heading"),
    ],
)
def test_a_heading_that_the_passage_begins_with_is_shown_once(headings, text, shown):
    source = article(text)
    ranked = RankedPassage(source, passage(source, headings=headings), 1.0)
    request = build_request("Who?", "en", Evidence((ranked,), (), 0.9), (), context_tokens=8192)
    prompt = request.messages()[-1].content or ""
    assert f">\n{shown}\n</source>" in prompt


@given(
    st.lists(
        st.sampled_from(
            ["<", "＜", "/", " ", "source", "SOURCE", ">", "[", "【", "S-12ab", "]", "<|x|>", "{", "}", "\n", "a"]
        )
    )
)
def test_no_text_opens_or_closes_a_fence_or_forges_a_key(parts):
    text = "".join(parts)
    block = source_block("S-7f3a", article(text or "a", title=text), text)
    assert block.count("<source") == block.count("</source>") == 1
    assert "[S-12ab]" not in block
    assert defused(defused(text)) == defused(text)
