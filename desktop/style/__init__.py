"""How the window looks: measures, colors, fonts and icons, after the desktop's light or dark scheme."""
