"""Credentials, kept where no ``repr``, log line or pickle shows them."""

from __future__ import annotations

from hashlib import sha256
from typing import NoReturn

from sequence_async.errors import ConfigurationError

_SHOWN = "[secret]"


class Secret:
    """Text that does not show itself.

    Functions that may raise take credentials in this form alone: a plain string would stand in the locals of their
    traceback.
    """

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the text itself."""
        return str(self._value)

    def checked(self, name: str) -> Secret:
        """Return this secret if it can stand in a header. Raise :class:`ConfigurationError` otherwise."""
        if not isinstance(self._value, str):
            raise ConfigurationError(f"{name} must be a str, not {type(self._value).__name__}.")
        if not self._value:
            raise ConfigurationError(f"{name} is empty.")
        if not all("!" <= character <= "~" for character in self._value):
            raise ConfigurationError(
                f"{name} holds white space, a line break or a character outside ASCII. Copy the credential alone.",
            )
        return self

    def fingerprint(self) -> str:
        """Return a digest that tells credentials apart without showing them."""
        return sha256(self.reveal().encode()).hexdigest()

    def begins_with(self, prefix: str) -> bool:
        """Say whether it begins so: the form of a credential tells what kind it is."""
        return self.reveal().startswith(prefix)

    def scrub(self, text: str) -> str:
        """Return ``text`` with every occurrence of the secret taken out."""
        return text.replace(self.reveal(), _SHOWN)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self.fingerprint())

    def __repr__(self) -> str:
        return _SHOWN

    def __reduce__(self) -> NoReturn:
        raise TypeError("A credential is never pickled. Give it to the other process by its environment.")
