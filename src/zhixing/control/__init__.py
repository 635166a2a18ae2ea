"""Control: measures on property, over their whole life."""
