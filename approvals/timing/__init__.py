"""Time: limits extended, clocks stopped and started, reminders, overdue work shown to those above."""
