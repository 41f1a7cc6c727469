"""The sandbox without a child process, for tests of what it is used for."""

from domain.errors import CasefileError, Refused
from domain.reasons import Reason


class Direct:
    """Implements `domain.ports.Sandbox`: runs the function here, and turns a fault of it into the same refusal."""

    def run(self, function, *arguments, timeout=None):
        try:
            return function(*arguments)
        except CasefileError:
            raise
        except Exception as error:
            raise Refused(Reason.INTERNAL, f"{type(error).__name__} in {function.__qualname__}") from error
