"""Holds before paying 暂缓拨付: rosters of other authorities, what they hold up, and what goes on."""
