"""Values worked out at first use: `functools.cached_property` without the lock of older Pythons."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 -- a decorator
    """A property that is worked out once for an object and kept in its `__dict__`."""

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    def __get__(self, owner: Any, _type: type | None = None) -> Value:
        value = owner.__dict__[self._name] = self._work(owner)
        return value
