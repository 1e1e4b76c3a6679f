"""Plans to take away: one neutral tree of what a document says, and writers that turn it into a format."""
