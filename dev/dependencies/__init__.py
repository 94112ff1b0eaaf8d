"""Third-party packages: locks, licences, bill of materials, and known vulnerabilities."""
