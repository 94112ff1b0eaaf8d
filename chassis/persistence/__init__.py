"""What a service keeps: units of work, repositories and their documents, queries, claims, indexes, migrations."""
