"""The graph: entities of a snapshot and the links between them."""
