"""OData 4.01 over SQLAlchemy Core, a file a step.

A query goes through `options` (query string → parts), `lexer` and `parser` (text → AST), `binder` (AST →
typed expression), the planner (typed → one SELECT) and the shaper (rows → JSON). The package knows no web
framework and nothing of the host: tables, types and limits are handed in.
"""
