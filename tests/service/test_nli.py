"""The second opinion on statements: what it may change, how a model's labels are read, and how it is loaded."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.errors import Unavailable
from corpus.language import Analyzer
from service.checks.verdict import PARTIAL, SUPPORTED, Verdict
from service.nli import CrossEncoderJudge, Entailment, Judged, load_judge, load_verifier

SUPPORTING = Verdict("supported", "all found", 0.9, "found")
WORDS = Verdict("partial", "half of the words", 0.2, "overlap")
NUMBER = Verdict("partial", "a number of the title", 0.2, "number")
REFUSED = Verdict("unsupported", "another number", 0.01, "number")


class FakeJudge:
    """Gives the same chances each time; keeps what it was asked."""

    def __init__(self, entailed: float, contradicted: float) -> None:
        self.found, self.asked = Entailment(entailed, contradicted), list[tuple[str, list[str]]]()

    def judge(self, statement: str, quotes: Sequence[str]) -> Entailment:
        self.asked.append((statement, list(quotes)))
        return self.found


@pytest.mark.parametrize(
    ("verdict", "entailed", "contradicted", "support", "kind"),
    [
        pytest.param(SUPPORTING, 0.8, 0.1, "supported", "found", id="agreed"),
        pytest.param(SUPPORTING, 0.3, 0.1, "partial", "model", id="lowered where it doesn't follow"),
        pytest.param(SUPPORTING, 0.1, 0.8, "unsupported", "model", id="lowered where contradicted"),
        pytest.param(WORDS, 0.95, 0.01, "supported", "found", id="raised where only words were missing"),
        pytest.param(WORDS, 0.8, 0.01, "partial", "overlap", id="not raised on a likelihood"),
        pytest.param(WORDS, 0.1, 0.8, "unsupported", "model", id="partial, contradicted"),
        pytest.param(NUMBER, 0.99, 0.0, "partial", "number", id="a fact is never raised"),
        pytest.param(REFUSED, 0.99, 0.0, "unsupported", "number", id="what code refuses stays refused"),
    ],
)
def test_what_a_model_may_change(
    verdict: Verdict, entailed: float, contradicted: float, support: str, kind: str
) -> None:
    def verifier(statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        return verdict

    found = Judged(verifier, FakeJudge(entailed, contradicted))("It opened.", ["The hub opened."])
    assert (found.support, found.kind) == (support, kind)
    assert (found.score >= SUPPORTED) == (support == "supported")
    assert (found.score < PARTIAL) == (support == "unsupported")


def test_the_model_sees_what_the_reader_sees_and_no_refused_statement() -> None:
    verdicts = iter((REFUSED, SUPPORTING))

    def verifier(statement: str, quotes: Sequence[str], *, claim_context: Sequence[str] = ()) -> Verdict:
        return next(verdicts)

    judge = FakeJudge(0.9, 0.0)
    judged = Judged(verifier, judge)
    judged("It has 12 rooms.", ["It has 20 rooms."], claim_context=["The hub"])
    judged("It has 20 rooms.", ["It has 20 rooms."], claim_context=["The hub"])
    assert judge.asked == [("It has 20 rooms.", ["The hub", "It has 20 rooms."])]


def save_model(folder: Path, labels: Sequence[str], *, head: bool = True) -> str:
    """Save a random two-layer cross-encoder with a toy vocabulary and these labels."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

    torch.manual_seed(0)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"the hub opened a ferry botanist".split()]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=32).save_pretrained(folder / "bert")
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
        initializer_range=0.5,
        id2label=dict(enumerate(labels)),
        label2id={label: place for place, label in enumerate(labels)},
    )
    if not head:
        BertModel(config).save_pretrained(folder / "bert")
        return str(folder / "bert")
    BertForSequenceClassification(config).save_pretrained(folder / "bert")
    CrossEncoder(str(folder / "bert"), device="cpu", local_files_only=True).save(str(folder / "model"))
    return str(folder / "model")


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param(("entailment", "neutral", "contradiction"), id="one order"),
        pytest.param(("CONTRADICTION", "ENTAILMENT", "NEUTRAL"), id="another order, in capitals"),
    ],
)
def test_labels_are_read_in_any_order(tmp_path: Path, labels: Sequence[str]) -> None:
    from sentence_transformers import CrossEncoder
    from torch import nn

    name = save_model(tmp_path, labels)
    quotes, statement = ["The hub", "a botanist opened the hub"], "the hub opened"
    found = CrossEncoderJudge(name).judge(statement, quotes)
    model = CrossEncoder(name, device="cpu", activation_fn=nn.Softmax(dim=-1))
    chances = model.predict([("\n".join(quotes), statement)])[0]
    by_label = {label.lower(): float(chance) for label, chance in zip(labels, chances, strict=True)}
    assert found.entailed == pytest.approx(by_label["entailment"], abs=1e-5)
    assert found.contradicted == pytest.approx(by_label["contradiction"], abs=1e-5)
    assert len(set(by_label.values())) == 3


def test_one_score_tells_of_support_alone(tmp_path: Path) -> None:
    from sentence_transformers import CrossEncoder
    from torch import nn

    name = save_model(tmp_path, ("support",))
    found = CrossEncoderJudge(name).judge("the hub opened", ["a botanist opened the hub"])
    model = CrossEncoder(name, device="cpu", activation_fn=nn.Identity())
    logit = float(model.predict([("a botanist opened the hub", "the hub opened")])[0])
    assert found.entailed == pytest.approx(1 / (1 + math.exp(-logit)), abs=1e-5)
    assert found.contradicted == 0


@pytest.mark.parametrize(
    ("labels", "head"),
    [
        pytest.param(("good", "bad"), True, id="two labels"),
        pytest.param(("a", "b", "c"), True, id="three other labels"),
        pytest.param(("entailment", "neutral", "contradiction"), False, id="no head for labels"),
    ],
)
def test_another_model_is_refused(tmp_path: Path, labels: Sequence[str], head: bool) -> None:
    name = save_model(tmp_path, labels, head=head)
    with pytest.raises(Unavailable, match=r"can't check statements: it needs the labels .* unset INSIGHT_NLI_MODEL"):
        load_judge(name)


def test_a_model_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="can't be loaded; give a folder that holds one, or unset INSIGHT_NLI_MODEL"):
        load_judge(str(tmp_path / "gone"))


@pytest.mark.parametrize("name", [None, ""])
def test_without_a_name_code_alone_decides(name: str | None) -> None:
    assert load_judge(name) is None
    assert not isinstance(load_verifier(name, Analyzer()), Judged)


def test_with_a_name_the_model_has_its_say(tmp_path: Path) -> None:
    name = save_model(tmp_path, ("entailment", "neutral", "contradiction"))
    assert isinstance(load_verifier(name, Analyzer()), Judged)
