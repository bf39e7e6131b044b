//! What goes over the agent's socket.

use super::secrecy;
use keyfob::agent::{Answer, Keyring, LIFETIME, MAX_REQUEST, Now, Request};
use std::time::Duration;

/// The most questions that one input has.
const MOST: u64 = 32;

/// Questions one after the other, each with its length before it, asked of what an agent holds: each has an answer
/// that can be read, and what is held is forgotten in time.
pub fn questions(bytes: &[u8]) {
    let now = |at: u64| Now { uptime: Duration::from_secs(at), suspended: Duration::ZERO };
    let mut keyring = Keyring::new(LIFETIME, now(0));
    let mut rest = bytes;
    for at in 0..MOST {
        let Some((length, after)) = rest.split_first_chunk::<4>() else { break };
        let length = (u32::from_be_bytes(*length) as usize).min(MAX_REQUEST).min(after.len());
        let (message, after) = after.split_at(length);
        rest = after;
        let Some(request) = Request::from_bytes(message) else { continue };
        if let Request::Add { held, .. } = &request {
            secrecy::silent(&format!("{held:?}"), message);
        }
        // What is read is written as it was.
        assert_eq!(request.to_bytes().get(4..), Some(message));
        let forgets = matches!(request, Request::Lock | Request::Stop);
        let answer = keyring.answer(request, now(at * 60));
        let written = answer.to_bytes();
        assert!(written.get(4..).and_then(Answer::from_bytes).is_some(), "{answer:?} can't be read");
        assert!(!forgets || keyring.is_empty());
    }
    keyring.on_time(now(MOST * 60 + 8 * 24 * 3600));
    assert!(keyring.is_empty(), "held for longer than anybody may ask for");
}

/// An answer, as whoever asked reads it.
pub fn answer(bytes: &[u8]) {
    let Some(answer) = Answer::from_bytes(bytes) else { return };
    if let Answer::Key(key) = &answer {
        secrecy::silent(&format!("{key:?}"), bytes);
    }
    assert_eq!(answer.to_bytes().get(4..), Some(bytes));
}
