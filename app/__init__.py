"""Where everything is put together: settings, wiring, the line, the command line."""
