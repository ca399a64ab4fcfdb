"""What is drawn with pyqtgraph: points, curves and bars; it knows no engine and no page."""
