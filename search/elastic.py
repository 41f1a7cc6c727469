"""The index of many machines: Elasticsearch 9, behind an alias.

Promises: the same pages, counts, order and boxes as the embedded index; deliveries may come twice, late and in any order (external
versions and tombstones decide); nothing but the given host is contacted (no sniffing of other nodes); every failure of server or network is
Unavailable, raised within the timeout, so that the caller tries again.

Does not promise: that what was put is found at once (`refresh` makes it so, or a second passes); that an index shared with other programs
survives (indices named as the alias with a number are ours). The risk accepted: while `clear` is followed by a rebuild, less is found.

Uses plain index operations only: bulk, search, mget, point in time, aliases. No scripts, no update or delete by query, no reindexing.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from domain.errors import Corrupt, Misconfigured, Unavailable
from domain.model import Answer, Hit, PageEntry, Rights
from search.locate import locate
from search.mapping import ORDER, SETTINGS, made_for, mappings, page_body, selection, tombstone_id
from search.query import Query, parse
from search.stored import unpack

if TYPE_CHECKING:
    from elasticsearch import ApiError, Elasticsearch

WINDOW = 10_000
"""`index.max_result_window`: deeper pages are reached by a point in time and search_after."""

CHUNK = 200
"""Pages of one bulk request: about a megabyte."""

CONFLICT, NOT_FOUND = 409, 404
PASSING = (408, 429, 500, 502, 503, 504)
SHOWN = ["document", "page", "case", "words"]


class ElasticIndex:
    """domain.ports.SearchIndex in the Elasticsearch at `url`, behind `alias`. `timeout` in seconds holds for every request."""

    def __init__(self, url: str, alias: str = "casefile-pages", timeout: float = 30.0) -> None:
        self._url, self._alias, self._timeout = url, alias, timeout
        self._made: Elasticsearch | None = None
        self._checked = False

    @property
    def _client(self) -> "Elasticsearch":
        """The client, made at first use: importing it takes a second."""
        if self._made is None:
            from elasticsearch import Elasticsearch

            try:
                self._made = Elasticsearch(self._url, request_timeout=self._timeout, max_retries=0, retry_on_timeout=False)
            except ValueError:
                raise Misconfigured("search.url is not a URL such as https://user:password@host:9200") from None
        return self._made

    def close(self) -> None:
        """Close the connections."""
        if self._made is not None:
            self._made.close()
            self._made = None

    def identity(self) -> str:
        """A name this index keeps until it is cleared or begun anew; made if there is none.

        Raises:
            Unavailable, Misconfigured
        """
        with self._errors():
            return self._current(anew=True)

    def put(self, entries: Sequence[PageEntry]) -> None:
        """Add or replace pages; an entry older than what is there, or dropped by then, is ignored.

        Tombstones are asked before and after: a drop that comes between has looked for pages before these were there.

        Raises:
            Unavailable, Misconfigured
        """
        with self._ready(anew=True):
            for start in range(0, len(entries), CHUNK):
                chunk = entries[start : start + CHUNK]
                documents = sorted({entry.document for entry in chunk})
                before = self._tombstones(documents)
                alive = [entry for entry in chunk if entry.version > before.get(entry.document, 0)]
                self._bulk([line for entry in alive for line in _index(entry.id, entry.version, page_body(entry))])
                for document, version in self._tombstones(documents).items():
                    if version != before.get(document):
                        self._sweep(document, version)

    def drop(self, document: str, version: int) -> None:
        """Remove the pages of `document` up to `version`, and refuse those that come later with no higher version.

        Raises:
            Unavailable, Misconfigured
        """
        with self._ready(anew=True):
            self._bulk(list(_index(tombstone_id(document), version, {"dropped": version})))
            self._sweep(document, version)

    def search(self, query: str, rights: Rights, limit: int = 20, offset: int = 0) -> Answer:
        """Pages that hold every term of `query`, by case date, document, page.

        Raises:
            Unavailable, Misconfigured
            ValueError: `limit` or `offset` is negative.
        """
        if limit < 0 or offset < 0:
            raise ValueError("limit and offset count from 0")
        asked = parse(query)
        if asked.empty:
            return Answer((), 0, 0)
        with self._ready(anew=False):
            rows, pages, documents = self._found(selection(asked, rights), limit, offset)
        return Answer(tuple(_hit(row, asked) for row in rows), pages, documents)

    def count(self) -> int:
        """How many pages there are, those not yet findable left out.

        Raises:
            Unavailable, Misconfigured
        """
        with self._ready(anew=False):
            return int(self._client.count(index=self._alias, query={"exists": {"field": "page"}})["count"])

    def refresh(self) -> None:
        """Make everything put so far findable.

        Raises:
            Unavailable, Misconfigured
        """
        with self._ready(anew=False):
            self._client.indices.refresh(index=self._alias)

    def clear(self) -> None:
        """Put a new, empty index behind the alias and delete the old one.

        Raises:
            Unavailable, Misconfigured
        """
        with self._errors():
            self._begin_anew()

    def _current(self, *, anew: bool) -> str:
        """The unique id of the index behind the alias. One that another analysis made is replaced if `anew`, else refused."""
        found = self._client.options(ignore_status=NOT_FOUND).indices.get(index=self._alias).body
        if "error" in found:
            return self._begin_anew()
        if len(found) != 1 or self._alias in found:
            what = "an index" if self._alias in found else f"the alias of {len(found)}"
            raise Misconfigured(f"{self._alias} must be an alias of one index, and is {what}: choose another name in search.alias")
        (about,) = found.values()
        found_for = about["mappings"].get("_meta", {}).get("casefile")
        if found_for == made_for():
            return str(about["settings"]["index"]["uuid"])
        if not anew:
            raise Unavailable("the search index was made by another version of casefile: run `casefile reindex`", found=str(found_for))
        return self._begin_anew()

    def _begin_anew(self) -> str:
        """Make the next index and swing the alias over in one step. Two at once try for the same name, and one of them gives way."""
        found = self._client.options(ignore_status=NOT_FOUND).indices.get_alias(index=f"{self._alias}-*").body
        mine = sorted(name for name in found if name.removeprefix(f"{self._alias}-").isdigit())
        number = int(mine[-1].removeprefix(f"{self._alias}-")) + 1 if mine else 1
        name = f"{self._alias}-{number:06}"
        self._client.indices.create(index=name, mappings=mappings(), settings=SETTINGS)
        actions: list[Mapping[str, Any]] = [{"remove_index": {"index": old}} for old in mine]
        self._client.indices.update_aliases(actions=[*actions, {"add": {"index": name, "alias": self._alias}}])
        return self._current(anew=True)

    def _bulk(self, lines: list[dict[str, Any]]) -> None:
        """One bulk request, acknowledged when it is on the server's disk. What is older than what is there is no error."""
        if not lines:
            return
        answer = self._client.bulk(operations=lines, require_alias=True, index=self._alias)
        for item in answer["items"] if answer["errors"] else ():
            (result,) = item.values()
            status = result["status"]
            if status in PASSING or (status == NOT_FOUND and "error" in result):
                self._checked = False
                raise Unavailable(f"Elasticsearch did not take a page (status {status}); it is delivered again")
            if "error" in result and status != CONFLICT:
                raise Corrupt(f"Elasticsearch refuses {result['_id']}: {result['error']['type']}", status=status)

    def _tombstones(self, documents: Sequence[str]) -> dict[str, int]:
        """Up to which version each of `documents` is dropped; asked by key, so it needs no refresh."""
        answer = self._client.mget(index=self._alias, ids=[tombstone_id(d) for d in documents], source=["dropped"])
        rows = zip(documents, answer["docs"], strict=True)
        return {document: row["_source"]["dropped"] for document, row in rows if row.get("found")}

    def _sweep(self, document: str, version: int) -> None:
        """Delete the pages of `document` up to `version`."""
        self._client.indices.refresh(index=self._alias)
        chosen = {"bool": {"filter": [{"term": {"document": document}}, {"exists": {"field": "page"}}]}}
        gone = [{"delete": {"_id": row["_id"], **_version(version)}} for row in self._walk(chosen, shown=[])]
        for start in range(0, len(gone), CHUNK):
            self._bulk(gone[start : start + CHUNK])

    def _found(self, chosen: dict[str, Any], limit: int, offset: int) -> tuple[list[Mapping[str, Any]], int, int]:
        """Sources of the rows asked for, how many pages and how many documents there are."""
        near = offset + limit <= WINDOW
        answer = self._client.search(
            index=self._alias,
            query=chosen,
            sort=ORDER,
            size=limit if near else 0,
            from_=offset if near else 0,
            source_includes=SHOWN,
            track_total_hits=True,
            aggs=_by_document(None),
        )
        pages, documents = int(answer["hits"]["total"]["value"]), self._documents(chosen, answer)
        rows = answer["hits"]["hits"] if near else list(self._deep(chosen, limit, offset)) if offset < pages else []
        return [row["_source"] for row in rows], pages, documents

    def _documents(self, chosen: dict[str, Any], answer: Any) -> int:
        """How many documents, exactly: buckets are counted, since Elasticsearch's own count of different values is an estimate."""
        documents = 0
        while True:
            found = answer["aggregations"]["documents"]
            documents += len(found["buckets"])
            if len(found["buckets"]) < WINDOW:
                return documents
            answer = self._client.search(index=self._alias, query=chosen, size=0, aggs=_by_document(found["after_key"]))

    def _deep(self, chosen: dict[str, Any], limit: int, offset: int) -> Iterator[Mapping[str, Any]]:
        for place, row in enumerate(self._walk(chosen, shown=SHOWN, silent=offset)):
            if place >= offset + limit:
                return
            if place >= offset:
                yield row

    def _walk(self, chosen: dict[str, Any], *, shown: list[str], silent: int = 0) -> Iterator[Mapping[str, Any]]:
        """Everything `chosen` finds, in order, from one frozen view of the index; the first `silent` rows come without their source."""
        point = self._client.open_point_in_time(index=self._alias, keep_alive="1m")["id"]
        place, after = 0, None
        try:
            while True:
                quiet = place < silent or not shown
                size = min(WINDOW, silent - place) if place < silent else 1000
                answer = self._client.search(
                    pit={"id": point, "keep_alive": "1m"},
                    query=chosen,
                    sort=ORDER,
                    size=size,
                    search_after=after,
                    source=False if quiet else None,
                    source_includes=None if quiet else shown,
                    track_total_hits=False,
                )
                rows = answer["hits"]["hits"]
                yield from rows
                if len(rows) < size:
                    return
                place, after, point = place + len(rows), rows[-1]["sort"], answer["pit_id"]
        finally:
            self._client.options(ignore_status=NOT_FOUND).close_point_in_time(id=point)

    @contextmanager
    def _ready(self, *, anew: bool) -> Iterator[None]:
        """Work on an index that is there and ours. That is asked once, and again after it was found gone."""
        with self._errors():
            if not self._checked:
                self._current(anew=anew)
                self._checked = True
            yield

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """The client's errors as ours. Causes are left out: they could repeat a query or a page's text."""
        from elasticsearch import ApiError, TransportError

        try:
            yield
        except TransportError as error:
            raise Unavailable(f"Elasticsearch does not answer ({type(error).__name__}); it is tried again") from None
        except ApiError as error:
            self._checked = False
            raise _ours(error) from None


def _by_document(after: dict[str, Any] | None) -> dict[str, Any]:
    composite: dict[str, Any] = {"size": WINDOW, "sources": [{"document": {"terms": {"field": "document"}}}]}
    return {"documents": {"composite": composite if after is None else {**composite, "after": after}}}


def _version(version: int) -> dict[str, Any]:
    """External versions: what is older than what is there is refused with a conflict; an equal one is the same delivery again."""
    return {"version": version, "version_type": "external_gte"}


def _index(key: str, version: int, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"index": {"_id": key, **_version(version)}}, body


def _hit(row: Mapping[str, Any], asked: Query) -> Hit:
    located = locate(unpack(base64.b64decode(row["words"])), asked.terms)
    return Hit(row["document"], row["page"], row["case"] or None, located.boxes, located.snippet, located.lit)


def _ours(error: "ApiError") -> Unavailable | Misconfigured:
    status, kind = error.meta.status, error.error
    if status in (401, 403):
        return Misconfigured(f"Elasticsearch refuses us (status {status}): give user and password in search.url")
    if status in (*PASSING, NOT_FOUND) or kind == "resource_already_exists_exception":
        return Unavailable(f"Elasticsearch could not do it (status {status}, {kind}); it is tried again", status=status)
    return Misconfigured(
        f"what answers at search.url refuses a request (status {status}, {kind}): casefile needs Elasticsearch 9", status=status
    )
