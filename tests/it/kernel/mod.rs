//! The real program on the real kernel: killed anywhere, without room, without permission, and many at once.

mod killed;
mod many;
mod places;
mod returning;

use crate::harness::home::{Home, uri};

/// A secret of its own for each number.
fn secret(number: usize) -> String {
    let bytes: Vec<u8> = format!("secret number {number:06}").into_bytes();
    base32::encode(base32::Alphabet::Rfc4648 { padding: false }, &bytes)
}

fn numbered(number: usize) -> String {
    uri("Acme", &format!("user{number:04}"), &secret(number))
}

/// A vault with `user0000`, whose passphrase costs nothing to try.
fn home() -> Home {
    let home = Home::empty();
    home.done(&["init", "--work-factor", "1"]);
    home.add(&numbered(0));
    home
}
