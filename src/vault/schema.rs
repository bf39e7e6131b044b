//! MessagePack shapes.
