"""From a document to the shelf, and the proof: PDF/A, store, ledger, journal, private bodies, verification."""
