"""Where text leaves or enters: each way has one function that makes it harmless."""
