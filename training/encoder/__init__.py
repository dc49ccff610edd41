"""From a trained body to the int8 file that sayso ships."""
