"""The rules of the practice: plain functions on a session. They flush; the request's transaction commits."""
