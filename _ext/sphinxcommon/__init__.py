"""What Sphinx extensions have in common: messages to authors, and settings that are declared once.

A message is data (``messages``), translated where it is shown (``catalogs``). A setting is a field
of a frozen dataclass, with its default, what a value must be (``kinds``), its meaning, and what is
built anew when it changes (``settings``). From that come the registration, the check of
``conf.py``, the object that the code reads, and the tables of the documentation::

    @dataclass(frozen=True)
    class Settings(Declaration):
        prefix: ClassVar = "greeting_"
        warning_type: ClassVar = "greeting"

        lines: int = setting(1, NUMBER, Message("How many lines greet."), "env")

    def setup(app):
        declare(app, Settings)

    lines = Settings.of(app.config).lines

The directive ``greeting-settings`` shows the table on a page (``registration``).
"""
