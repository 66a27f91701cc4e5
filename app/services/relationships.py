"""Relationships ask for nothing beyond their columns: the contact and the matter must be there."""

from app.services.records import Rules

RULES = Rules()
