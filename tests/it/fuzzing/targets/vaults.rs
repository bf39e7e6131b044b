//! What a vault file is made of.

use super::{lossy, secrecy};
use keyfob::vault::{BadVault, Identities, IdentityError, backup_lock, survives};

/// A header: whatever our scan lets pass, the age library can read.
pub fn header(bytes: &[u8]) {
    match backup_lock(bytes) {
        Ok(_) if bytes.trim_ascii_start().starts_with(b"-----BEGIN") => {}
        Ok(lock) => {
            assert!(age::Decryptor::new_buffered(bytes).is_ok(), "{lock:?} is none to the library");
        }
        Err(error) => secrecy::keeps(&error, bytes),
    }
}

/// Contents, as they stand inside of the MAC.
pub fn contents(bytes: &[u8]) {
    match survives(bytes) {
        Ok(same) => assert!(same, "read, written and read again they differ"),
        Err(error @ BadVault::Contents(_)) => secrecy::keeps(&error, bytes),
        Err(_) => {}
    }
}

/// A file of identities.
pub fn identities(bytes: &[u8]) {
    // What is encrypted costs a passphrase's time; the scan of its header has a target of its own.
    if lossy(bytes).contains("age-encryption") || lossy(bytes).contains("AGE ENCRYPTED") {
        return;
    }
    if let Err(error) = Identities::read(bytes, "file", None) {
        assert!(!matches!(error, IdentityError::WrongPassphrase { .. }));
        secrecy::silent(&format!("{error} {error:?}"), bytes);
    }
}
