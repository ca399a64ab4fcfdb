"""What every training loop is made of: steps, devices, states to go on from, objectives."""
