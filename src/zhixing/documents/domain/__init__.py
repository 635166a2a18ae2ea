"""What a court paper says: typed contents of each kind of document. Pure: no Django, no clock."""
