"""From the shelf to answers: one analysis of text, an embedded index, Elasticsearch, queries, and what follows the ledger."""
