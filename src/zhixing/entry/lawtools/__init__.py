"""The tools of the law book for everybody: on pages without login, as PDF and Excel, and from the shell."""
