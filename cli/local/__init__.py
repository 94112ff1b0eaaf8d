"""A local instance: private broker, database, mail catcher, services and gateway, under one supervisor."""
