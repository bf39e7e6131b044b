//! What those say that the clipboard waits for.

use super::tmux::Settings;
use std::sync::Arc;

/// What somebody that the clipboard waits for has to say.
#[derive(Clone, Copy, Debug)]
pub(in crate::terminal) enum News {
    /// tmux's settings.
    Tmux(Settings),
    /// The local clipboard took the text, or did not.
    Local { took: bool },
}

/// Brings news to the loop, from any thread.
pub(in crate::terminal) type Tell = Arc<dyn Fn(News) + Send + Sync>;
