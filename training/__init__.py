"""Training of the models that Hearsay ships. The only place for torch; never imported by `hearsay`."""
