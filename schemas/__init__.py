"""The shapes of the resources: one marshmallow schema for each, a package for each door.

From a shape come the checks of request bodies, the OpenAPI document, the allow-list of what can be queried,
and the projection of rows to JSON. Nothing here knows the database: columns, links and computed values are
named by strings, and a test holds the names against the models.
"""
