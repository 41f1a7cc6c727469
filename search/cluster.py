"""The way to Elasticsearch: its nodes, its errors as ours, and the row of numbered indices of which one answers behind the alias.

Promises: nothing but the given nodes is contacted (no sniffing of others); a node that does not answer is passed over for the next one
given, and asked again later; every failure of server or network is Unavailable, raised within the timeout for each node, so that the caller
tries again; what is refused for a reason that an operator must mend is Misconfigured. The alias moves in one step on the server.

Does not promise: that an index shared with other programs survives (indices named as the alias with a number are ours).
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from domain.errors import CasefileError, Misconfigured, Unavailable
from search.mapping import SETTINGS, mappings

if TYPE_CHECKING:
    from elasticsearch import ApiError, Elasticsearch

log = logging.getLogger("casefile.search")
NOT_FOUND, TOO_LARGE = 404, 413
PASSING = (408, 429, 500, 502, 503, 504)
BLOCKED = "cluster_block_exception"
"""The index or the cluster takes nothing now: a disk beyond its flood stage, no master, a block that an operator set."""

NEXT = "-next"
"""What the alias of the index under way ends in."""


class Cluster:
    """The Elasticsearch whose nodes `url` names, comma-separated. `timeout` in seconds holds for every request at every node."""

    def __init__(self, url: str, timeout: float) -> None:
        self.nodes = [node.strip() for node in url.split(",") if node.strip()]
        for node in self.nodes or [""]:
            parts = urlsplit(node)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise Misconfigured("search.url is not a URL such as https://user:password@host:9200, or several with commas between")
        self._timeout = timeout
        self._made: Elasticsearch | None = None

    @property
    def client(self) -> "Elasticsearch":
        """The client, made at first use: importing it takes a second. Every request of ours may be repeated."""
        if self._made is None:
            from elasticsearch import Elasticsearch

            others = len(self.nodes) - 1
            try:
                self._made = Elasticsearch(
                    self.nodes,
                    request_timeout=self._timeout,
                    max_retries=others,
                    retry_on_timeout=others > 0,
                    retry_on_status=(502, 503, 504),
                )
            except ValueError:
                raise Misconfigured("search.url is not a URL such as https://user:password@host:9200") from None
        return self._made

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()
            self._made = None

    @contextmanager
    def errors(self) -> Iterator[None]:
        """The client's errors as ours. Causes are left out: they could repeat a query or a page's text."""
        from elasticsearch import ApiError, TransportError

        try:
            yield
        except TransportError as error:
            raise Unavailable(f"Elasticsearch does not answer ({type(error).__name__}); it is tried again") from None
        except ApiError as error:
            raise _ours(error) from None
        except (KeyError, TypeError, AttributeError) as error:
            log.warning("an answer of Elasticsearch was not understood", exc_info=True)
            raise Unavailable(
                f"Elasticsearch answers in a form that is none of its own ({type(error).__name__}); it is tried again"
            ) from None


class Series:
    """The indices `alias`-000001 and so on. One stands behind `alias` and answers; one may be under way behind `alias`-next."""

    def __init__(self, cluster: Cluster, alias: str) -> None:
        self._cluster, self.alias = cluster, alias

    def begin(self, alias: str) -> None:
        """Make the next index and put it behind `alias`, in one step with the removal of what stood there.

        Behind the alias that answers it begins everything anew: all others of the series go. Two at once try for the same name, and one of
        them gives way.
        """
        mine = self._mine()
        number = max((int(name.removeprefix(f"{self.alias}-")) for name in mine), default=0) + 1
        name = f"{self.alias}-{number:06}"
        self._indices.create(index=name, mappings=mappings(), settings=SETTINGS)
        gone = [old for old, aliases in mine.items() if alias in (self.alias, *aliases)]
        self._move([{"remove_index": {"index": old}} for old in gone] + [{"add": {"index": name, "alias": alias}}])

    def succeed(self) -> None:
        """What is under way answers from now on; the one before stays, behind nothing, until `tidy`."""
        mine, under_way = self._mine(), self.alias + NEXT
        for name in (name for name, aliases in mine.items() if under_way in aliases):
            olds = [old for old, aliases in mine.items() if self.alias in aliases and old != name]
            self._move(
                [
                    *({"remove": {"index": old, "alias": self.alias}} for old in olds),
                    {"add": {"index": name, "alias": self.alias}},
                    {"remove": {"index": name, "alias": under_way}},
                ]
            )

    def tidy(self, *, successor: bool) -> None:
        """Remove the indices of the series that stand behind nothing; with `successor` also the one under way."""
        kept = {self.alias} if successor else {self.alias, self.alias + NEXT}
        for name, aliases in self._mine().items():
            if not kept & aliases:
                self._indices.delete(index=name, ignore_unavailable=True)

    def _mine(self) -> dict[str, set[str]]:
        """The indices of the series, each with its aliases."""
        found = self._cluster.client.options(ignore_status=NOT_FOUND).indices.get_alias(index=f"{self.alias}-*").body
        rows = ((name, about) for name, about in found.items() if name.removeprefix(f"{self.alias}-").isdigit())
        return {name: set(about["aliases"]) for name, about in sorted(rows)}

    def _move(self, actions: Sequence[Mapping[str, Any]]) -> None:
        self._indices.update_aliases(actions=actions)

    @property
    def _indices(self) -> Any:
        return self._cluster.client.indices


def refusal(status: int, kind: str) -> CasefileError | None:
    """What a refused request is for us, a single page's in a bulk request as well; None: the page itself is refused."""
    if kind == BLOCKED:
        return Unavailable(
            f"Elasticsearch takes nothing now ({kind}, status {status}): free room on its disks, or remove the block; it is tried again",
            status=status,
        )
    if status in (401, 403):
        return Misconfigured(f"Elasticsearch refuses us (status {status}): give user and password in search.url")
    if status in (*PASSING, NOT_FOUND) or kind == "resource_already_exists_exception":
        return Unavailable(f"Elasticsearch could not do it (status {status}, {kind}); it is tried again", status=status)
    return None


def _ours(error: "ApiError") -> CasefileError:
    status, kind = error.meta.status, error.error
    return refusal(status, kind) or Misconfigured(
        f"what answers at search.url refuses a request (status {status}, {kind}): casefile needs Elasticsearch 9", status=status
    )
