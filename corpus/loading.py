"""Loads an embedding model: compiled at first use, from its copy ever after."""

import hashlib
from pathlib import Path

import structlog

from corpus.compile import compile_model
from corpus.encoder import CompiledEncoder, Encoder, NotExportable, ReferenceEncoder, state_of

_COPY = "openvino-2"  # of the files of a compiled copy

log = structlog.get_logger(__name__)


def load_encoder(name: str, cache_dir: Path) -> Encoder:
    """Load the model ``name``, compiled into ``cache_dir`` at first use.

    Raises Unavailable where the model can't be found or is not what it should be.
    """
    target = cache_dir / hashlib.sha256(f"{name}|{state_of(name)}|{_COPY}".encode()).hexdigest()[:12]
    if not (target / "export.json").is_file():
        reference = ReferenceEncoder(name)
        try:
            compile_model(reference, target)
        except NotExportable as error:
            log.warning("the model is served uncompiled", model=name, reason=str(error))
            return reference
    return CompiledEncoder(name, target)
