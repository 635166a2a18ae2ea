"""The doors: login, workbench, navigation, search, approvals, REST root, command line."""
