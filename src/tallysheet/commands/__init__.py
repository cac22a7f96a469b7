"""What `tallysheet COMMAND` does: a module a command, with `add_arguments(parser)` and `run(arguments) -> int`."""
