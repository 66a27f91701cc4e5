"""The API's doors: the resource table, and what turns its rows into routes."""
