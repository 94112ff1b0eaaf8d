"""What goes over the wire: what clients ask and are answered, and what is read of the events heard."""
