"""What every model may import, standard library only: aggregates, events, errors, scope, ids, causation."""
