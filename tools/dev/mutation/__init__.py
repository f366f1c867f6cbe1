"""What tools/dev/mutate consists of; one idea a module."""
