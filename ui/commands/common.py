"""What every command begins with."""

from typing import Annotated

import typer

from service.settings import Settings, load_settings
from ui.logs import configure_logging

AsJson = Annotated[bool, typer.Option("--json", help="Print exactly one JSON document.")]


def prepare() -> Settings:
    """Read the settings and set up logging as they say; raises BadInput where a setting is wrong."""
    settings = load_settings()
    configure_logging(settings.log_level)
    return settings
