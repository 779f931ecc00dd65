"""Stand-ins for the platforms: real servers on real sockets that refuse what the platforms would refuse."""
