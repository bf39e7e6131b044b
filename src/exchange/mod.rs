//! Foreign formats: one file each behind one table; bytes in, candidates out.
