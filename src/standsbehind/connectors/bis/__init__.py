"""BIS: the supplements of the US Bureau of Industry and Security, of which three lists are made."""
