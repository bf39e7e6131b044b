//! The formats, one file each. Each has a `FORMAT`, and a row in the table.

pub(super) mod aegis;
pub(super) mod andotp;
pub(super) mod authy;
pub(super) mod aws;
pub(super) mod bitwarden;
pub(super) mod cotp;
pub(super) mod csv;
pub(super) mod duo;
pub(super) mod ente;
pub(super) mod freeotp;
pub(super) mod freeotp_backup;
pub(super) mod freeotp_plus;
pub(super) mod gauth;
pub(super) mod html;
pub(super) mod kdbx;
pub(super) mod keepass;
pub(super) mod keyfob;
pub(super) mod lastpass;
pub(super) mod migration;
pub(super) mod one_password;
pub(super) mod otpclient;
pub(super) mod pass;
pub(super) mod proton;
pub(super) mod raivo;
pub(super) mod steam;
pub(super) mod stratum;
pub(super) mod twofas;
pub(super) mod uris;
pub(super) mod winauth;

use super::format::SealError;
use serde::Serialize;
use zeroize::Zeroizing;

/// A buffer that never leaves a copy behind when it grows.
#[derive(Default)]
struct WipingBuffer(Zeroizing<Vec<u8>>);

impl std::io::Write for WipingBuffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let full = self.0.capacity() - self.0.len() < bytes.len();
        if full {
            let room = (2 * self.0.capacity()).max(self.0.len() + bytes.len()).max(4096);
            let mut larger = Zeroizing::new(Vec::with_capacity(room));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A value as JSON, on lines of its own so that a person can read it.
fn json_of(value: &impl Serialize) -> Zeroizing<Vec<u8>> {
    let mut out = WipingBuffer::default();
    // A buffer in memory takes everything, and what is written here has no keys that are no text.
    let _ = serde_json::to_writer_pretty(&mut out, value);
    out.0
}

/// Random bytes from the system.
fn random<const N: usize>() -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| SealError::NoRandom)?;
    Ok(bytes)
}
