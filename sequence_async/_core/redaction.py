"""Credentials that do not appear in a ``repr``, a log record or a pickle."""

from __future__ import annotations

from hashlib import sha256
from typing import NoReturn

from sequence_async.errors import ConfigurationError

_SHOWN = "[secret]"


class Secret:
    """Text that ``repr`` does not show.

    Functions that may raise take credentials only in this form. A ``str`` would appear in the local variables of their
    traceback.
    """

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the text itself."""
        return str(self._value)

    def checked(self, name: str) -> Secret:
        """Return this secret if it is valid in a header. Raise :class:`ConfigurationError` otherwise."""
        if not isinstance(self._value, str):
            raise ConfigurationError(f"{name} must be a str, not {type(self._value).__name__}.")
        if not self._value:
            raise ConfigurationError(f"{name} must not be empty.")
        if not all("!" <= character <= "~" for character in self._value):
            raise ConfigurationError(
                f"{name} must contain only ASCII characters, without white space. Copy only the credential.",
            )
        return self

    def fingerprint(self) -> str:
        """Return a digest that identifies the credential without showing it."""
        return sha256(self.reveal().encode()).hexdigest()

    def begins_with(self, prefix: str) -> bool:
        """Return whether it begins with ``prefix``, which identifies the kind of credential."""
        return self.reveal().startswith(prefix)

    def scrub(self, text: str) -> str:
        """Return ``text`` with every occurrence of the secret replaced."""
        return text.replace(self.reveal(), _SHOWN)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self.fingerprint())

    def __repr__(self) -> str:
        return _SHOWN

    def __reduce__(self) -> NoReturn:
        raise TypeError("A credential must not be pickled. Pass it to the other process in an environment variable.")
