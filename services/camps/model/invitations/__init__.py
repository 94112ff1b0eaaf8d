"""Who is asked to a camp: invitations, what is answered to them, and the seats they hold or wait for."""
