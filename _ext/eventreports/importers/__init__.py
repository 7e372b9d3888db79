"""Read what others have written, such as a timetable, into drafts of events' files."""
