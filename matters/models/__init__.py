from matters.models.matter import Matter, MatterProgress, MatterTeam

__all__ = ["Matter", "MatterProgress", "MatterTeam"]
