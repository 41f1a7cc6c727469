"""The words every room shares. Imports nothing of ours beside itself, opens no file but its own list of kinds."""
