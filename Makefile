.PHONY: help run demo test test-unit check contracts events
help:       ## what there is
	@grep -E '^[a-z-]+: +##' $(MAKEFILE_LIST) | sed 's/: *##/\t/'
run:        ## start everything here
	./partnerships up
demo:       ## play the story against the running instance
	./partnerships demo
test:       ## all tests, on a broker and a database of their own
	./partnerships test
test-unit:  ## the quick ones
	./partnerships test unit
check:      ## style, types, rules of the house
	./partnerships check
contracts:  ## write contracts/
	./partnerships contracts
events:     ## write docs/events.md
	./partnerships events table
