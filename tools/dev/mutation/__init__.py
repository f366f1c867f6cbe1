"""The modules of tools/dev/mutate; one idea a module."""
