"""What the platform is made of that others wrote: locked, licensed, listed, and watched for what is found in it."""
