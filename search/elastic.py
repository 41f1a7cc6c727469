"""The index of many machines: Elasticsearch 9, behind an alias.

Promises: the same pages, counts, order and boxes as the embedded index; deliveries may come twice, late and in any order (external
versions and tombstones decide); an answer is whole or Unavailable, never what some of the shards knew; one page that Elasticsearch refuses
keeps back no other; a successor is filled behind an alias of its own and takes over in one step. What search/cluster.py promises.

Does not promise: that what was put is found at once (`refresh` makes it so, or a second passes). The risk accepted: while `clear` is
followed by a rebuild, less is found.

Uses plain index operations only: bulk, search, mget, point in time, aliases. No scripts, no update or delete by query, no reindexing.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

from domain.errors import Corrupt, Misconfigured, Unavailable
from domain.model import Answer, Hit, PageEntry, Rights
from search.cluster import NEXT, NOT_FOUND, TOO_LARGE, Cluster, Series, refusal
from search.locate import locate
from search.mapping import ORDER, made_for, page_body, readable, selection, tombstone_id
from search.query import Query, parse
from search.stored import unpack

WINDOW = 10_000
"""`index.max_result_window`: deeper pages are reached by a point in time and search_after."""

CHUNK = 200
"""Pages of one bulk request: about a megabyte."""

CONFLICT = 409
SHOWN = ["document", "page", "case", "words"]
OTHER = "the search index was made by another version of casefile and is being replaced: `serve` does it, or `casefile reindex` at once"


class ElasticIndex:
    """domain.ports.SearchIndex in the Elasticsearch at `url` (several nodes: commas between), behind `alias`.

    `timeout` in seconds holds for every request at every node.

    Raises:
        Misconfigured: `url` is none.
    """

    def __init__(self, url: str, alias: str = "casefile-pages", timeout: float = 30.0, *, series: Series | None = None) -> None:
        self._url, self._alias, self._timeout = url, alias, timeout
        self._cluster = Cluster(url, timeout)
        self._series = series or Series(self._cluster, alias)
        self._checked = self._outdated = False
        self._made_for = ""

    @property
    def _client(self) -> Any:
        return self._cluster.client

    def close(self) -> None:
        """Close the connections."""
        self._cluster.close()

    def identity(self) -> str:
        """A name this index keeps until it is cleared or begun anew; made if there is none.

        Raises:
            Unavailable, Misconfigured
        """
        with self._errors():
            found = self._current()
            if found is None:
                self._series.begin(self._alias)
                found = self._current()
            if found is None:
                raise Unavailable("the index that was begun is gone already; it is tried again")
            return found

    def outdated(self) -> bool:
        """Whether another analysis or form made it, by the last `identity`: it takes nothing more and must be replaced."""
        return self._outdated

    def successor(self) -> Self:
        """The index under way beside this one."""
        return type(self)(self._url, self._series.alias + NEXT, self._timeout, series=self._series)

    def succeed(self) -> None:
        """The successor answers from now on.

        Raises:
            Unavailable, Misconfigured
        """
        with self._errors():
            self._series.succeed()
        self._checked = False

    def tidy(self, *, successor: bool = False) -> None:
        """Remove what was replaced; with `successor` also what is under way.

        Raises:
            Unavailable, Misconfigured
        """
        with self._errors():
            self._series.tidy(successor=successor)

    def put(self, entries: Sequence[PageEntry]) -> None:
        """Add or replace pages; an entry older than what is there, or dropped by then, is ignored.

        Tombstones are asked before and after: a drop that comes between has looked for pages before these were there.

        Raises:
            Unavailable, Misconfigured
            Corrupt: Elasticsearch refuses pages of the `documents` it names; all others are there.
        """
        refused: dict[str, str] = {}
        with self._writing():
            for start in range(0, len(entries), CHUNK):
                chunk = entries[start : start + CHUNK]
                documents = sorted({entry.document for entry in chunk})
                before = self._tombstones(documents)
                alive = [entry for entry in chunk if entry.version > before.get(entry.document, 0)]
                refused |= self._bulk([_index(entry.id, entry.version, page_body(entry)) for entry in alive])
                for document, version in self._tombstones(documents).items():
                    if version != before.get(document):
                        self._sweep(document, version)
        _raise_for({key.rpartition("-")[0]: kind for key, kind in refused.items()})

    def drop(self, document: str, version: int) -> None:
        """Remove the pages of `document` up to `version`, and refuse those that come later with no higher version.

        Raises:
            Unavailable, Misconfigured
            Corrupt: Elasticsearch refuses it.
        """
        with self._writing():
            refused = self._bulk([_index(tombstone_id(document), version, {"dropped": version})])
            self._sweep(document, version)
        _raise_for(dict.fromkeys([document] if refused else [], *refused.values()))

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
        try:
            return self._answer(asked, rights, limit, offset)
        except Unavailable as error:
            if error.facts.get("status") != NOT_FOUND:
                raise
        return self._answer(asked, rights, limit, offset)  # the index was replaced in the middle

    def _answer(self, asked: Query, rights: Rights, limit: int, offset: int) -> Answer:
        with self._reading() as there:
            if not there:
                return Answer((), 0, 0)
            rows, pages, documents = self._found(selection(asked, rights), limit, offset)
            return Answer(tuple(_hit(row, asked) for row in rows), pages, documents)

    def count(self) -> int:
        """How many pages there are, those not yet findable left out.

        Raises:
            Unavailable, Misconfigured
        """
        with self._reading() as there:
            if not there:
                return 0
            pages = self._search(index=self._alias, query={"exists": {"field": "page"}}, size=0, track_total_hits=True)
            return int(pages["hits"]["total"]["value"])

    def touched(self) -> bool:
        """Whether it holds anything, pages or tombstones, what is not yet findable counted.

        Raises:
            Unavailable, Misconfigured
        """
        with self._reading() as there:
            if not there:
                return False
            self._refresh()
            found = self._search(index=self._alias, query={"match_all": {}}, size=0, track_total_hits=True)
            return bool(found["hits"]["total"]["value"])

    def refresh(self) -> None:
        """Make everything put so far findable.

        Raises:
            Unavailable, Misconfigured
        """
        with self._reading() as there:
            if there:
                self._refresh()

    def clear(self) -> None:
        """Put a new, empty index behind the alias and delete the old one.

        Raises:
            Unavailable, Misconfigured
        """
        with self._errors():
            self._series.begin(self._alias)
        self._checked = False

    def _current(self) -> str | None:
        """The unique id of the index behind the alias; None if there is none."""
        found = self._client.options(ignore_status=NOT_FOUND).indices.get(index=self._alias).body
        if "error" in found:
            return None
        if len(found) != 1 or self._alias in found:
            what = "an index" if self._alias in found else f"the alias of {len(found)}"
            raise Misconfigured(f"{self._alias} must be an alias of one index, and is {what}: choose another name in search.alias")
        (about,) = found.values()
        self._made_for = str(about["mappings"].get("_meta", {}).get("casefile"))
        self._outdated = self._made_for != made_for()
        return str(about["settings"]["index"]["uuid"])

    def _bulk(self, rows: Sequence[tuple[dict[str, Any], ...]]) -> dict[str, str]:
        """One bulk request, acknowledged when it is on the server's disks; which keys are refused, and how it calls the reason.

        What is older than what is there is no error. What is too large for one request goes in halves.
        """
        from elasticsearch import ApiError

        if not rows:
            return {}
        try:
            answer = self._client.bulk(operations=[line for row in rows for line in row], require_alias=True, index=self._alias)
        except ApiError as error:
            if error.meta.status != TOO_LARGE:
                raise
            if len(rows) == 1:
                return {next(iter(rows[0][0].values()))["_id"]: "too large"}
            half = len(rows) // 2
            return self._bulk(rows[:half]) | self._bulk(rows[half:])
        refused = {}
        for item in answer["items"] if answer["errors"] else ():
            (result,) = item.values()
            if "error" not in result or result["status"] == CONFLICT:
                continue
            kind = str(result["error"]["type"])
            failure = refusal(result["status"], kind)
            if failure is not None:
                self._checked = False
                raise failure
            refused[str(result["_id"])] = kind
        return refused

    def _tombstones(self, documents: Sequence[str]) -> dict[str, int]:
        """Up to which version each of `documents` is dropped; asked by key, so it needs no refresh."""
        answer = self._client.mget(index=self._alias, ids=[tombstone_id(d) for d in documents], source=["dropped"])
        for row in answer["docs"]:
            if "error" in row:
                raise Unavailable(f"Elasticsearch cannot say what was dropped ({row['error']['type']}); it is tried again")
        rows = zip(documents, answer["docs"], strict=True)
        return {document: row["_source"]["dropped"] for document, row in rows if row.get("found")}

    def _refresh(self) -> None:
        """A refresh that reached every copy there is; else what was put could be missed by a search that looks for what to delete."""
        if self._client.indices.refresh(index=self._alias)["_shards"]["failed"]:
            raise Unavailable("Elasticsearch could not make everything findable; it is tried again")

    def _sweep(self, document: str, version: int) -> None:
        """Delete the pages of `document` up to `version`."""
        self._refresh()
        chosen = {"bool": {"filter": [{"term": {"document": document}}, {"exists": {"field": "page"}}]}}
        gone = [({"delete": {"_id": row["_id"], **_version(version)}},) for row in self._walk(chosen, shown=[])]
        for start in range(0, len(gone), CHUNK):
            self._bulk(gone[start : start + CHUNK])

    def _found(self, chosen: dict[str, Any], limit: int, offset: int) -> tuple[list[Mapping[str, Any]], int, int]:
        """Sources of the rows asked for, how many pages and how many documents there are."""
        near = offset + limit <= WINDOW
        answer = self._search(
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
            answer = self._search(index=self._alias, query=chosen, size=0, aggs=_by_document(found["after_key"]))

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
                answer = self._search(
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

    def _search(self, **asked: Any) -> Any:
        """One search request, answered by every shard or not at all."""
        return self._client.search(**asked, allow_partial_search_results=False)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Work on an index that is there, ours and of this analysis. That is asked once, and again after it was found gone."""
        if not self._checked:
            self.identity()
        with self._errors():
            if self._outdated:
                raise Unavailable(OTHER, found=self._made_for)
            self._checked = True
            yield

    @contextmanager
    def _reading(self) -> Iterator[bool]:
        """Work on an index of ours that can be read; whether there is one."""
        with self._errors():
            if not self._checked:
                there = self._current() is not None
                if there and not readable(self._made_for):
                    raise Unavailable(OTHER, found=self._made_for)
                self._checked = there
            yield self._checked

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            with self._cluster.errors():
                yield
        except (Unavailable, Misconfigured):
            self._checked = False
            raise


def _by_document(after: dict[str, Any] | None) -> dict[str, Any]:
    composite: dict[str, Any] = {"size": WINDOW, "sources": [{"document": {"terms": {"field": "document"}}}]}
    return {"documents": {"composite": composite if after is None else {**composite, "after": after}}}


def _version(version: int) -> dict[str, Any]:
    """External versions: what is older than what is there is refused with a conflict; an equal one is the same delivery again."""
    return {"version": version, "version_type": "external_gte"}


def _index(key: str, version: int, body: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return {"index": {"_id": key, **_version(version)}}, body


def _raise_for(refused: Mapping[str, str]) -> None:
    if refused:
        kinds = ", ".join(sorted(set(refused.values())))
        raise Corrupt(f"Elasticsearch refuses pages of {len(refused)} documents ({kinds})", documents=sorted(refused))


def _hit(row: Mapping[str, Any], asked: Query) -> Hit:
    located = locate(unpack(base64.b64decode(row["words"])), asked.terms)
    return Hit(row["document"], row["page"], row["case"] or None, located.boxes, located.snippet, located.lit)
