"""A process that is killed at one point: the call number `at` (from 0) to any of the wrapped ports ends in Killed, before or after its work.

Killed is no Exception, so nothing that handles errors handles it, as nothing handles kill -9.
"""

from typing import Any


class Killed(BaseException):
    pass


class Fuse:
    def __init__(self, at: int, after: bool) -> None:
        self.at, self.after, self.calls = at, after, 0

    def guard(self, port: Any) -> Any:
        return _Guarded(port, self)

    def call(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        mine, self.calls = self.calls, self.calls + 1
        if mine == self.at and not self.after:
            raise Killed
        result = function(*args, **kwargs)
        if mine == self.at:
            raise Killed
        return result


class _Guarded:
    def __init__(self, port: Any, fuse: Fuse) -> None:
        self._port, self._fuse = port, fuse

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._port, name)
        return (lambda *a, **k: self._fuse.call(value, *a, **k)) if callable(value) else value

    def __call__(self, *args: Any) -> Any:
        return self._fuse.call(self._port, *args)
