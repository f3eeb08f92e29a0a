"""Records of many reports brought together. So far: reprints, the copies of one report in other papers."""
