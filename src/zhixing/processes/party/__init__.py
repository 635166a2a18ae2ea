"""The portal of the parties: progress, money and property, what they can do."""
