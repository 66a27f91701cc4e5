"""The endpoints beside the two of RFC 6749: giving tokens back, asking about them, devices, registration, and
the documents that say where everything is."""
