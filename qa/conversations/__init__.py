"""Conversations: turns, follow-ups, suggested questions, export."""
