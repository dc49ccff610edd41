"""Words to vectors: the one small encoder that all learned heads share."""

from sayso.encode.encoder import WEIGHTS, Encoder, States, encoder
from sayso.encode.pieces import Pieces
from sayso.encode.windows import Window, windows

__all__ = ["WEIGHTS", "Encoder", "Pieces", "States", "Window", "encoder", "windows"]
