//! Codes. One HMAC is all that there is to it: `hmac_alone` is the floor.

use divan::{Bencher, black_box};
use hmac::{Hmac, KeyInit, Mac};
use keyfob::clock::UnixTime;
use keyfob::otp::{Method, Secret};
use sha1::Sha1;

const KEY: &[u8; 20] = b"12345678901234567890";

fn secret() -> Secret {
    Secret::from_bytes(KEY).unwrap()
}

#[divan::bench]
fn totp(bencher: Bencher<'_, '_>) {
    let secret = secret();
    bencher.bench(|| Method::TOTP.code_at(black_box(&secret), black_box(UnixTime(59))));
}

/// What a screen full of devices needs when a step begins.
#[divan::bench]
fn totp_of_forty_devices(bencher: Bencher<'_, '_>) {
    let secrets = vec![secret(); 40];
    let at = UnixTime(59);
    let both = |secret| (Method::TOTP.code_at(secret, at), Method::TOTP.next_code_at(secret, at));
    bencher.bench(|| secrets.iter().map(both).filter(|(now, next)| now == next).count());
}

#[divan::bench]
fn hmac_alone(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let mut mac = Hmac::<Sha1>::new_from_slice(black_box(KEY)).unwrap();
        mac.update(&1u64.to_be_bytes());
        mac.finalize().into_bytes()
    });
}
