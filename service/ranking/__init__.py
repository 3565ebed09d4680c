"""What ranks passages: words, vectors, the whole article, its date, a second judge."""
