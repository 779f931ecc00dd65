"""The pages that ask nobody who they are."""
