"""A witness outside the data folder: the process that signs checkpoints, and casefile's side of it."""
