"""OpenDocument texts and presentations (ISO/IEC 26300), read as a Word document that is made of their XML."""
