"""``insight verify`` and ``insight doctor``: whether the library, the settings and the language model are in order."""
