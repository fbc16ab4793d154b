"""Re-ranking: the cross-encoder's scores, the evidence of words and meaning, and the final order."""
