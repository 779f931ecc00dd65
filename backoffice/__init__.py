"""Everything an agent, an administrator or an employee touches in a browser."""
