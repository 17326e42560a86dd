"""Opinions asked 征求意见: an official asks another office or an expert; they see that case only, and answer once."""
