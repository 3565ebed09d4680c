"""A random sentence-transformers model of a few kilobytes, for what must hold for any model."""

from pathlib import Path

WORDS = [
    "the",
    "centre",
    "opened",
    "in",
    "2019",
    "it",
    "trains",
    "engineers",
    "a",
    "drug",
    "trial",
    "costs",
    "money",
    ".",
]
WIDTH = 16


def save_model(folder: Path, *, pooling: str = "mean", dense: int | None = None, max_length: int = 32) -> Path:
    """Save a two-layer BERT with a toy vocabulary to ``folder``, ``dense`` units wide behind the pooling if given."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(0)
    bert = folder / "bert"
    bert.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    (bert / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(str(bert / "vocab.txt"), model_max_length=max_length).save_pretrained(bert)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(bert)
    modules = [Transformer(str(bert), max_seq_length=max_length), Pooling(WIDTH, pooling_mode=pooling)]
    if dense:
        modules.append(Dense(WIDTH, dense))
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "model"))
    return folder / "model"
