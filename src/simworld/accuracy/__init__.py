"""Cases with messy answers and the truth about every line; `docs/accuracy.md` lists the noise and its rates."""
