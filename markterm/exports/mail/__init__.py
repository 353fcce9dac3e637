"""A message as a draft (EML) that a mail program opens, to be read and sent by a person."""
