"""Matterbase: a law firm's practice, served over the APIs and the OData that its tools already speak."""
