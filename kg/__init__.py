"""A knowledge graph of international space partnerships, with the evidence for every answer."""
