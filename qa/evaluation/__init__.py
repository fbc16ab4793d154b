"""Evaluation: judged questions, metrics, and runs compared."""
