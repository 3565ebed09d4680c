"""A language model's failure under the name that ``service.assistant`` knows it by; see ``service.failures``."""

from service.failures import ModelFailed

__all__ = ["ModelFailed"]
