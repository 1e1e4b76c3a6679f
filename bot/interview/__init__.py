"""Pure interview engine: which step is next, computed from content and answers. No clock, network or database."""
