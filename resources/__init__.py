"""What Marmalade ships besides code: icons, the theme, defaults and examples, read through importlib.resources."""
