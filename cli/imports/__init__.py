"""`./partnerships import`: what happened in a partnership, from files, put on record through the gateway as history."""
