"""The embedded PostgreSQL server: started by whoever needs it first, stopped behind the last."""
