"""HTTP: the protocol, requests and their strict parsing, responses, entity tags, cursors, problems and limits."""
