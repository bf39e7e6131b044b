//! The system's random numbers.

use zeroize::Zeroizing;

/// The key of the HMAC over a vault's contents.
pub(super) type MacKey = Zeroizing<[u8; 32]>;

/// 32 bytes of the system's random numbers.
pub(super) fn random_key() -> MacKey {
    let mut key = Zeroizing::new([0; 32]);
    fill_random(key.as_mut());
    key
}

/// The system's random numbers. They fail on no system that age runs on, and age itself stops there too.
#[allow(clippy::expect_used)]
pub(super) fn fill_random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the system has no random numbers");
}
