"""Cross-encoders of sentence-transformers, which read two texts together: loaded here alone, never from the network."""

import os
from typing import Any

from corpus.errors import Unavailable


def load_cross_encoder(name: str, *, called: str, setting: str) -> Any:
    """Load the model of this name or folder; it gives logits, as it was trained to.

    ``called`` is what people read of it where it can't be loaded, ``setting`` what they may unset: raises Unavailable.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import CrossEncoder
    from torch import nn
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return CrossEncoder(name, device="cpu", local_files_only=True, activation_fn=nn.Identity())
    except (OSError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise Unavailable(
            f"{called} can't be loaded; give a folder that holds one, or unset {setting} ({reason})"
        ) from error
