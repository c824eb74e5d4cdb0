"""Moving the library to another folder or drive."""
