// So that no suite of this target has to name it.
@_exported import Lanes
