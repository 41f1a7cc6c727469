"""The middle of the line: from accepted scans to finished documents.

    split -> upright -> deskew -> clean -> read (each page, in a child process) -> duplicates -> classify -> fields -> assemble

Promises: every page of every scan is in the outcome exactly once; one bad page never sinks its stack. What it does not do: it
writes nothing anybody relies on, and it knows no case and no ledger.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from domain.ports import Classifier
from pipeline.assemble import Assembly, assemble
from pipeline.clean import duplicates
from pipeline.reader import Accepted, Reader


def split(scans: Sequence[Accepted]) -> Iterator[tuple[Accepted, int]]:
    """Every page of every scan, in order."""
    for scan in scans:
        for number in range(1, scan.pages + 1):
            yield scan, number


def run(scans: Sequence[Accepted], reader: Reader, classifier: Classifier) -> Assembly:
    """Documents, blanks and separators of `scans`, which are one batch in its order."""
    with ThreadPoolExecutor(max(1, reader.workers), thread_name_prefix="page") as pool:
        pages = list(pool.map(lambda task: reader.read(*task), split(scans)))
    twins = duplicates(pages)
    return assemble([dataclasses.replace(page, duplicate_of=twins.get(page.ref)) for page in pages], classifier)
