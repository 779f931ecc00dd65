"""The pages of an employee."""
