"""LegalServer's manners at the v2 door: what its clients say in a query or a body beside what PracticePanther's do.

Whoever says none of it notices nothing. It is all told in the words of the query engine: `sort` is `$orderby`,
`custom_results` is `$select`, a page is `$top` and `$skip`.
"""
