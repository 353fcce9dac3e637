"""The centre in a browser: who signs in, the screens of each member, and what a page may ask of the server."""
