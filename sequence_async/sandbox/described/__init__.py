"""The generated lists of operations, one module an API: what the sandbox answers with 501 until it has a handler."""
