"""A web page by its address, only where a setting allows it. Nothing here runs otherwise."""
