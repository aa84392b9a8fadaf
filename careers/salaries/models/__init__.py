from .official import OfficialWage
from .posted_range import PayValue, PostedRange

__all__ = ["OfficialWage", "PayValue", "PostedRange"]
