"""Text in, findings out: knows nothing of crawling or storage."""
