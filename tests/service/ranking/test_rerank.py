"""The second look at the best passages: how scores are mixed, what a cross-encoder is asked, and how it is loaded."""

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.embedder import Embedder
from corpus.errors import Unavailable
from corpus.language import Analyzer
from corpus.library import Library
from service.ranking.rerank import CrossEncoderReranker, load_reranker, mixed
from service.retrieve import Candidate, Retriever
from service.settings import Settings
from service.wiring import open_services
from tests.corpus.tiny_model import save_model
from tests.service.reading import understand

QUESTION = "Which companies share a laboratory at the Calder Valley Hub?"
scores = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.floats(0, 1), max_size=30), st.lists(scores, max_size=30))
def test_mixed_scores_lie_between_0_and_1(own: list[float], judged: list[float]) -> None:
    found = mixed(own, judged[: len(own)])
    assert len(found) == len(own)
    assert all(0 <= score <= 1 for score in found)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30), st.lists(scores, min_size=1, max_size=30))
def test_what_was_not_judged_never_rises_above_what_was(own: list[float], judged: list[float]) -> None:
    own, judged = sorted(own, reverse=True), judged[: len(own) - 1]
    found = mixed(own, judged)
    assert min(found[: len(judged)]) >= max(found[len(judged) :])


@pytest.mark.parametrize(
    ("own", "judged", "expected"),
    [
        pytest.param([0.6], [0.0], [0.55], id="undecided is a half"),
        pytest.param([0.6], [1e9], [0.8], id="sure"),
        pytest.param([0.6], [-1e9], [0.3], id="sure that not"),
        pytest.param([0.6, 0.4], [math.log(3)], [0.675, 0.2], id="the second not judged"),
        pytest.param([], [], [], id="nothing"),
    ],
)
def test_both_have_half_of_the_score(own: list[float], judged: list[float], expected: list[float]) -> None:
    assert mixed(own, judged) == pytest.approx(expected)


class FakeReranker:
    """Likes the texts that hold ``wanted``; keeps what it was asked."""

    def __init__(self, wanted: str) -> None:
        self.wanted, self.asked = wanted, list[tuple[str, list[str]]]()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.asked.append((question, list(texts)))
        return [9.0 if self.wanted in text else -9.0 for text in texts]


Ranked = Callable[[FakeReranker | None], tuple[Candidate, ...]]


@pytest.fixture
def ranked(small: Library, embedder: Embedder, analyzer: Analyzer) -> Iterator[Ranked]:
    """Retrieve for the question with a reranker, or without."""
    opened: list[Retriever] = []

    def ranked(reranker: FakeReranker | None) -> tuple[Candidate, ...]:
        opened.append(Retriever(small, analyzer, reranker=reranker))
        asked = understand(QUESTION, analyzer=analyzer, glossary=small.glossary)
        return opened[-1].retrieve(asked).candidates

    yield ranked
    for retriever in opened:
        retriever.close()


def test_what_the_reranker_likes_rises(ranked: Ranked) -> None:
    plain = ranked(None)
    last = plain[min(len(plain), 20) - 1]
    judged = ranked(FakeReranker(last.passage.text))
    assert judged[0].passage.id == last.passage.id != plain[0].passage.id
    assert judged[0].score == pytest.approx((last.score + 1) / 2, abs=1e-3)
    assert {c.passage.id for c in judged} == {c.passage.id for c in plain}
    assert [c.score for c in judged] == sorted((c.score for c in judged), reverse=True)


def test_the_best_alone_are_judged_below_their_titles(ranked: Ranked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.retrieve.RERANKED", 3)
    plain, reranker = ranked(None), FakeReranker("nothing holds this")
    judged = ranked(reranker)
    ((question, texts),) = reranker.asked
    assert question.startswith("Which companies share")
    assert len(texts) == 3
    for candidate, text in zip(plain, texts, strict=False):
        assert text.endswith(f"\n{candidate.passage.text}")
    assert texts[0].startswith("What the Calder Valley Hub does differently\nThe Calder Valley Hub opened")
    assert [c.passage.id for c in judged] == [c.passage.id for c in plain]


def test_the_signals_stay_as_they_were(ranked: Ranked) -> None:
    plain = {c.passage.id: (c.lexical, c.dense) for c in ranked(None)}
    assert {c.passage.id: (c.lexical, c.dense) for c in ranked(FakeReranker("hub"))} == plain


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random two-layer cross-encoder with a toy vocabulary."""
    return save_cross_encoder(tmp_path_factory.mktemp("judge"), labels=1)


def save_cross_encoder(folder: Path, *, labels: int) -> Path:
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    torch.manual_seed(0)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"who runs the hub a ferry botanist surgeon".split()]
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
        num_labels=labels,
    )
    BertForSequenceClassification(config).save_pretrained(folder / "bert")
    CrossEncoder(str(folder / "bert"), device="cpu", local_files_only=True).save(str(folder / "model"))
    return folder / "model"


def test_a_cross_encoder_scores_each_text_with_its_logit(tiny: Path) -> None:
    from sentence_transformers import CrossEncoder

    reranker = CrossEncoderReranker(str(tiny))
    texts = ["a botanist runs the hub", "the ferry", "the hub " * 100, ""]
    found = reranker.scores("who runs the hub", texts)
    chances = CrossEncoder(str(tiny), device="cpu").predict([("who runs the hub", text) for text in texts])
    assert [1 / (1 + math.exp(-score)) for score in found] == pytest.approx(list(chances), abs=1e-5)
    assert len(set(found)) == len(texts)
    assert reranker.scores("who runs the hub", texts[1:2]) == pytest.approx(found[1:2], abs=1e-5)
    assert reranker.scores("who runs the hub", []) == []


@pytest.mark.parametrize("name", [None, ""])
def test_without_a_name_there_is_none(name: str | None) -> None:
    assert load_reranker(name) is None


@pytest.mark.parametrize("kind", ["nothing", "empty", "embedder", "three labels"])
def test_what_is_no_reranker_is_named_in_one_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "nowhere"
    match kind:
        case "empty":
            path.mkdir()
        case "embedder":
            path = save_model(tmp_path)
        case "three labels":
            path = save_cross_encoder(tmp_path, labels=3)
    with pytest.raises(Unavailable, match=r"the reranker '.*INSIGHT_RERANKER") as refusal:
        load_reranker(str(path))
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_the_setting_puts_it_in_its_place(
    tiny: Path, tmp_path: Path, settings_for: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    scores = CrossEncoderReranker.scores

    def listening(self: CrossEncoderReranker, question: str, texts: Sequence[str]) -> list[float]:
        asked.append(question)
        return scores(self, question, texts)

    monkeypatch.setattr(CrossEncoderReranker, "scores", listening)
    for reranker, times in ((None, 0), (str(tiny), 1)):
        services = open_services(settings_for(tmp_path / "data", reranker=reranker))
        try:
            hits = services.assistant.search("Which CROs operate in Jiangbei?", k=3)
        finally:
            services.close()
        assert len(hits) == 3
        assert len(asked) == times
