"""One controller per slice, for the people who run a company."""
