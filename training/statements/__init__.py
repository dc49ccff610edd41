"""The reader of attributions and the judge of kinds and acts: from PolNeAR and labelled statements to shipped files."""
