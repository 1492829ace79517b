"""Training: tokenizer, pre-training, meta-training. Runs on core and kernels alone."""
