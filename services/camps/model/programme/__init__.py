"""What happens at a camp: its sessions."""
