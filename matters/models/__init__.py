from matters.models.fee import MatterFee
from matters.models.matter import Matter, MatterProgress, MatterTeam

__all__ = ["Matter", "MatterFee", "MatterProgress", "MatterTeam"]
