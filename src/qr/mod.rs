//! QR codes drawn.
