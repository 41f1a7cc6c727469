"""An index of its own for a test, on whatever Elasticsearch there is, removed afterwards."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from search.elastic import ElasticIndex


@contextmanager
def fresh_index(url: str, timeout: float = 30.0) -> Iterator[ElasticIndex]:
    alias = f"casefile-{uuid.uuid4().hex[:12]}"
    index = ElasticIndex(url, alias, timeout)
    try:
        yield index
    finally:
        names = ",".join(["nothing", *index._client.indices.get(index=f"{alias}*")])
        index._client.indices.delete(index=names, ignore_unavailable=True)
        index.close()
