"""Archives 档案: closed cases gathered into files 卷, kept for their time, handed over, sealed into packages."""
