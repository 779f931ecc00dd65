"""JSON for other programs, versioned: thin doors over what pages and talks call, too."""
