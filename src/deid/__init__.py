"""Find personal information in Chinese records and make them safe to share."""

__version__ = "0.1.0"
