"""What explanations are made of: values and their pictures."""
