"""TED contract award notices in the eForms form."""
