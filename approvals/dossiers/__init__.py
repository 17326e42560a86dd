"""Batch dossiers 批次卷: made, filled, minuted, sealed by another, printed. Each case keeps its own decision."""
