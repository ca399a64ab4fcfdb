"""What training is fed with: sound, features, labels and the batches made of them."""
