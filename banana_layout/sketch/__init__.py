"""The only place where ink wobbles: scene in, scene out."""
