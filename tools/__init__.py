"""Tools of this repository; none of them is part of what users install."""
