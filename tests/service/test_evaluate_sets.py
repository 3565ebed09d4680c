import json

import pytest

from corpus.errors import BadInput
from service.answer import Turn
from service.evaluation.question_set import Claim, Question, load_claims, load_questions

LEAST = {"id": "q1", "question": "When was it set up?", "answerable": True}
CLAIM = {"id": "c1", "claim": "It opened in 2011.", "label": "supported", "evidence": ["It opened in 2011."]}


@pytest.fixture
def write(tmp_path):
    def _write(*rows, name="set.jsonl"):
        path = tmp_path / name
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return _write


def test_a_question_with_everything(write):
    full = LEAST | {
        "lang": "zh",
        "gold_articles": ["a"],
        "near_article": "b",
        "evidence": ["It was set up in 2011."],
        "answer": "2011",
        "paragraph": "not needed here",
        "expect": ["2011"],
        "reject": [],
        "history": ["What is the Valley?", {"role": "assistant", "content": "A cluster."}],
    }
    assert load_questions(write(full)) == [
        Question(
            id="q1",
            question="When was it set up?",
            language="zh",
            answerable=True,
            gold_articles=("a",),
            near_article="b",
            evidence=("It was set up in 2011.",),
            answer="2011",
            expect=("2011",),
            reject=(),
            history=(Turn("user", "What is the Valley?"), Turn("assistant", "A cluster.")),
        )
    ]


def test_what_is_left_out_or_null_is_unknown(write):
    nulls = dict.fromkeys(
        ("lang", "gold_articles", "near_article", "evidence", "answer", "expect", "reject", "history")
    )
    plain, empty = load_questions(write(LEAST, "", LEAST | nulls))
    assert plain == empty == Question(id="q1", question="When was it set up?", language="en", answerable=True)


def test_the_language_is_detected_where_the_set_is_silent(write):
    assert load_questions(write(LEAST | {"question": "江北有哪些企业？"}))[0].language == "zh"


def test_a_separator_inside_a_string_ends_no_line(write):
    assert load_questions(write(LEAST | {"question": "one\u2028two"}))[0].question == "one\u2028two"


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(LEAST), encoding="utf-8-sig")
    assert load_questions(path)[0].id == "q1"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("{oops", "not JSON at column 2", id="not JSON"),
        pytest.param('["a"]', "not a JSON object", id="not an object"),
        pytest.param({"id": "q", "answerable": True}, "'question' is missing", id="no question"),
        pytest.param({"question": "Who?", "answerable": True}, "'id' is missing", id="no id"),
        pytest.param({"id": "q", "question": "Who?"}, "'answerable' is missing", id="no answerable"),
        pytest.param(LEAST | {"question": " "}, "'question' is empty", id="blank question"),
        pytest.param(LEAST | {"question": 7}, "'question' must be a string, not 7", id="question is a number"),
        pytest.param(LEAST | {"answerable": "yes"}, "'answerable' must be true or false", id="answerable is a word"),
        pytest.param(LEAST | {"expect": "2011"}, "'expect' must be a list", id="expect is a string"),
        pytest.param(LEAST | {"evidence": [1]}, "'evidence' must be a list of strings", id="evidence of numbers"),
        pytest.param(LEAST | {"reject": [""]}, "must not hold empty strings", id="rejects every answer"),
        pytest.param(LEAST | {"history": [3]}, "'history' must hold strings, or objects", id="a turn is a number"),
        pytest.param(
            LEAST | {"history": [{"role": "system", "content": "x"}]}, "'role' (user, assistant)", id="a strange role"
        ),
    ],
)
def test_a_wrong_line_is_named(write, row, reason):
    path = write(LEAST, "", row)
    with pytest.raises(BadInput) as caught:
        load_questions(path)
    assert str(caught.value).startswith(f"{path}, line 3: ")
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        pytest.param(lambda folder: folder / "none.jsonl", "does not exist", id="missing"),
        pytest.param(lambda folder: folder, "can't be read", id="a folder"),
        pytest.param(lambda folder: _file(folder, b""), "holds no", id="empty"),
        pytest.param(lambda folder: _file(folder, b"\xff\xfe{}"), "is not UTF-8", id="another encoding"),
    ],
)
@pytest.mark.parametrize("load", [load_questions, load_claims])
def test_a_file_that_is_no_set(tmp_path, make, reason, load):
    with pytest.raises(BadInput, match=reason):
        load(make(tmp_path))


def _file(folder, content):
    path = folder / "set.jsonl"
    path.write_bytes(content)
    return path


def test_claims(write):
    nameless = {key: value for key, value in CLAIM.items() if key != "id"}
    assert load_claims(write(CLAIM | {"supporting_sentences": [[0]]}, nameless)) == [
        Claim("c1", "It opened in 2011.", "supported", ("It opened in 2011.",)),
        Claim("line-2", "It opened in 2011.", "supported", ("It opened in 2011.",)),
    ]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"label": "maybe"}, "'label' must be one of supported", id="an unknown label"),
        pytest.param({"claim": None}, "'claim' is missing", id="no claim"),
        pytest.param({"evidence": "one"}, "'evidence' must be a list", id="evidence is a string"),
    ],
)
def test_a_wrong_claim_is_named(write, change, reason):
    with pytest.raises(BadInput, match=f"line 1: {reason}"):
        load_claims(write(CLAIM | change))


@pytest.mark.parametrize(
    ("answer", "short"),
    [
        pytest.param("one two three four five six seven eight nine ten eleven twelve", True, id="twelve words"),
        pytest.param("a b c d e f g h i j k l m", False, id="thirteen words"),
        pytest.param("江" * 30, True, id="thirty characters"),
        pytest.param("江" * 31, False, id="thirty-one characters"),
        pytest.param("StubHub Center", True, id="a Latin name"),
        pytest.param("  ", False, id="blank"),
        pytest.param(None, False, id="none"),
    ],
)
def test_which_answers_are_short(answer, short):
    question = Question(id="q", question="Who?", language="en", answerable=True, answer=answer)
    assert question.short_answer == (answer if short else None)


def test_an_unanswerable_question_has_no_short_answer():
    assert Question(id="q", question="Who?", language="en", answerable=False, answer="2011").short_answer is None
