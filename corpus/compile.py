"""Makes the copy of an embedding model that is served without torch, and checks it against the model itself.

The model goes from torch to ONNX to OpenVINO's own format, with weights in half precision, which is half the file and
half the memory; what it computes in is tried from the quickest on. Its matrices are put into bytes where that proves
quicker on this processor.
"""

import hashlib
import json
import shutil
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus import quantise
from corpus.encoder import EXPORT, CompiledEncoder, Encoder, NotExportable, ReferenceEncoder

_PRECISIONS = ("bf16", "f32")  # from the quickest; the first whose vectors are near enough is kept
_MIN_COSINE = 0.999
_MIN_COSINE_IN_BYTES = 0.995  # what answers and refusals don't show, see decision 2
_WORTH = 0.95  # share of the time that bytes may take at most, to be worth their rounding
_PROBE = (
    "Which contract research organisations operate in the valley?",
    "The centre was established in 2019 as an interface for joint research and exchange.",
    "生物医药园区有哪些企业？",
    "word " * 300,
)
_TIMED = ("The centre opened in 2019 as an interface for joint research, and trains engineers. " * 8,) * 16
_ROUNDS = 3


def compile_model(reference: ReferenceEncoder, target: Path) -> None:
    """Compile ``reference`` into ``target`` and check it: cosine of a fixed text set at least 0.999.

    Raises NotExportable where the model is not a plain transformer with mean or first-token pooling, or where what was
    compiled is no longer the model.
    """
    if not reference.plain:
        raise NotExportable(f"its modules are {', '.join(reference.kinds)}")
    modules: list[Any] = list(reference.model)
    pooling = (
        modules[1].get_pooling_mode_str() if hasattr(modules[1], "get_pooling_mode_str") else modules[1].pooling_mode
    )
    if pooling not in ("mean", "cls"):
        raise NotExportable(f"it pools by {pooling}")
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=target.parent, prefix="compile-"))
    try:
        tokenizer: Any = reference.model.tokenizer
        tokenizer.backend_tokenizer.save(str(work / "tokenizer.json"))
        prompts = reference.model.prompts
        config = {
            "pooling": pooling,
            "max_length": reference.model.max_seq_length or 512,
            "pad_id": tokenizer.pad_token_id,
            "query_prompt": prompts.get("query", ""),
            "passage_prompt": prompts.get("document") or prompts.get("passage") or "",
        }
        digest = hashlib.sha256(json.dumps(config).encode())
        digest.update(_export(reference, next(iter(modules[0].children())), work))
        digest.update((work / "tokenizer.json").read_bytes())
        config["fingerprint"] = f"{reference.name}@{EXPORT}-{digest.hexdigest()[:12]}"
        _take_bytes(reference, _settle_precision(reference, work, config), work)
        shutil.rmtree(target, ignore_errors=True)  # what an unfinished removal left of an older copy
        work.replace(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _export(reference: ReferenceEncoder, transformer: Any, folder: Path) -> bytes:
    """Write ``model.xml`` and ``model.bin``, weights in half precision; return a digest of the model as it was."""
    import openvino
    import torch

    tokenizer: Any = reference.model.tokenizer
    names = [n for n in ("input_ids", "attention_mask", "token_type_ids") if n in tokenizer.model_input_names]
    sample = tokenizer(["a short text", "another one that is longer"], padding=True, return_tensors="pt")
    file = folder / "model.onnx"
    with torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's doubts are settled by the check against the reference
        torch.onnx.export(
            _export_wrapper(transformer, names),
            tuple(sample[n] for n in names),
            str(file),
            dynamo=False,
            opset_version=17,
            input_names=names,
            output_names=["hidden"],
            dynamic_axes={name: {0: "batch", 1: "tokens"} for name in [*names, "hidden"]},
        )
    try:
        # openvino.convert_model would read torch's model itself, but reports its use to its maker
        openvino.save_model(openvino.Core().read_model(str(file)), str(folder / "model.xml"), compress_to_fp16=True)
    except RuntimeError as error:
        raise NotExportable(f"OpenVINO can't read it: {' '.join(str(error).split())}") from error
    digest = hashlib.sha256(file.read_bytes()).digest()
    file.unlink()
    return digest


def _settle_precision(reference: Encoder, folder: Path, config: dict[str, Any]) -> Encoder:
    """Write ``export.json`` with the quickest precision that gives the reference's vectors, and return that copy.

    Raises NotExportable where none does.
    """
    nearness = 0.0
    for precision in _PRECISIONS:
        (folder / "export.json").write_text(json.dumps(config | {"precision": precision}), encoding="utf-8")
        compiled = CompiledEncoder(reference.name, folder)
        nearness = _nearness(reference, compiled)
        if nearness >= _MIN_COSINE:
            return compiled
    raise NotExportable(f"its export differs from it (cosine {nearness:.4f})")


def _take_bytes(reference: Encoder, settled: Encoder, folder: Path) -> None:
    """Put the matrices of the ``settled`` copy into bytes where it stays near the reference and is plainly sooner."""
    import openvino

    trial = folder / "bytes"
    trial.mkdir()
    for name in ("export.json", "tokenizer.json"):
        shutil.copy(folder / name, trial)
    model = openvino.Core().read_model(str(folder / "model.xml"))
    quantise.in_bytes(model)
    openvino.save_model(model, str(trial / "model.xml"), compress_to_fp16=True)
    in_bytes = CompiledEncoder(reference.name, trial)
    if _nearness(reference, in_bytes) >= _MIN_COSINE_IN_BYTES and sooner(in_bytes, settled):
        for name in ("model.xml", "model.bin"):
            (trial / name).replace(folder / name)
    shutil.rmtree(trial)


def _nearness(reference: Encoder, compiled: Encoder) -> float:
    """Return the least cosine of what two models make of the probe, as questions and as passages.

    A processor may work out the two by other instructions, of which one rounds worse.
    """
    asked = [float(reference.encode_query(text) @ compiled.encode_query(text)) for text in _PROBE]
    nothing: list[tuple[()]] = [()] * len(_PROBE)
    read = zip(reference.encode_passages(_PROBE, nothing), compiled.encode_passages(_PROBE, nothing), strict=True)
    return min(*asked, *(float(ours.vector @ theirs.vector) for ours, theirs in read))


def sooner(one: Encoder, other: Encoder) -> bool:
    """Say whether ``one`` embeds passages plainly sooner than ``other``: the best of rounds by turns."""
    best = {one: float("inf"), other: float("inf")}
    for encoder in (one, other):
        encoder.encode_passages(_TIMED, [()] * len(_TIMED))  # the first time pays for what is made once
    for _ in range(_ROUNDS):
        for encoder in (one, other):
            start = time.perf_counter()
            encoder.encode_passages(_TIMED, [()] * len(_TIMED))
            best[encoder] = min(best[encoder], time.perf_counter() - start)
    return best[one] < _WORTH * best[other]


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
