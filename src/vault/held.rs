//! A vault's identity outside an open vault: what an agent holds, what it is asked, and what it answers.
//!
//! The identity stays where it is held. Who opens a file hands over the file's key as the header has it, encrypted,
//! and gets that one key back.

use super::bad::BadVault;
use super::identity::VaultIdentity;
use super::model::VaultId;
use super::random::MacKey;
use age::secrecy::ExposeSecret as _;
use age::{DecryptError, Identity};
use age_core::format::{FileKey, Stanza};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::cell::OnceCell;
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

const X25519_TAG: &str = "X25519";
/// The bytes of an identity as age writes it: `AGE-SECRET-KEY-1` and 58 more.
const IDENTITY_TEXT: usize = 74;

/// The identity of a vault that a passphrase opens, and what proves its contents. Debug shows nothing.
pub struct HeldIdentity {
    /// SHA-256 of the identity stanza's body: every file that carries it opens with this identity.
    stanza: [u8; 32],
    own: VaultIdentity,
}

/// A file's key as its header has it: encrypted to X25519 recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrappedKey {
    /// SHA-256 of the body of the file's identity stanza.
    pub stanza: [u8; 32],
    /// For each X25519 stanza the ephemeral share (32 bytes) and the body (32 bytes).
    pub shares: Vec<[u8; 64]>,
}

/// A file's key, and what its contents have to agree with. Debug shows nothing.
pub struct UnwrappedKey {
    /// The age file key.
    pub file_key: Zeroizing<[u8; 16]>,
    /// Which vault the identity belongs to.
    pub vault: VaultId,
    /// A hash of the MAC key, so that contents by somebody who merely knows the vault's recipient are not believed.
    pub mac_key_hash: [u8; 32],
}

/// Who unwraps file keys for us.
pub trait Opener: Send + Sync {
    /// The file's key; none where no identity for it is held (any more), or nobody answers.
    fn unwrap_key(&self, wrapped: &WrappedKey) -> Option<UnwrappedKey>;
}

impl HeldIdentity {
    /// Its size in bytes, as [`Self::to_bytes`] writes it.
    pub const SIZE: usize = 32 + 16 + 32 + IDENTITY_TEXT;

    pub(super) fn new(stanza: &[u8], own: VaultIdentity) -> Self {
        Self { stanza: Sha256::digest(stanza).into(), own }
    }

    /// SHA-256 of the body of the identity stanza that it came out of.
    pub fn stanza(&self) -> [u8; 32] {
        self.stanza
    }

    /// Stanza hash, vault id, MAC key, identity: fixed sizes, one after the other.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(Self::SIZE));
        bytes.extend_from_slice(&self.stanza);
        bytes.extend_from_slice(self.own.vault.0.as_bytes());
        bytes.extend_from_slice(self.own.mac_key.as_slice());
        bytes.extend_from_slice(self.own.identity.to_string().expose_secret().as_bytes());
        bytes
    }

    /// Reads that again; none for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (stanza, rest) = bytes.split_first_chunk::<32>()?;
        let (vault, rest) = rest.split_first_chunk::<16>()?;
        let (mac_key, text) = rest.split_first_chunk::<32>()?;
        if text.len() != IDENTITY_TEXT {
            return None;
        }
        let identity = std::str::from_utf8(text).ok()?.parse().ok()?;
        let mac_key = Zeroizing::new(*mac_key);
        let own = VaultIdentity { identity, mac_key, vault: VaultId(Uuid::from_bytes(*vault)) };
        Some(Self { stanza: *stanza, own })
    }
}

impl Opener for HeldIdentity {
    fn unwrap_key(&self, wrapped: &WrappedKey) -> Option<UnwrappedKey> {
        if wrapped.stanza != self.stanza {
            return None;
        }
        let unwrapped = wrapped.shares.iter().find_map(|share| {
            let (ephemeral, body) = share.split_at(32);
            let args = vec![BASE64_STANDARD_NO_PAD.encode(ephemeral)];
            self.own.identity.unwrap_stanza(&Stanza { tag: X25519_TAG.into(), args, body: body.into() })
        });
        let file_key = Zeroizing::new(*unwrapped?.ok()?.expose_secret());
        let mac_key_hash = hash(&self.own.mac_key);
        Some(UnwrappedKey { file_key, vault: self.own.vault, mac_key_hash })
    }
}

fn hash(mac_key: &MacKey) -> [u8; 32] {
    Sha256::new().chain_update(b"keyfob held mac-key\0").chain_update(mac_key.as_slice()).finalize().into()
}

/// Somebody else's identity, in age's place for one of ours, for one file.
pub(super) struct Asked<'a> {
    opener: &'a dyn Opener,
    stanza: [u8; 32],
    claims: OnceCell<(VaultId, [u8; 32])>,
}

impl<'a> Asked<'a> {
    /// For a file with this identity stanza.
    pub(super) fn new(opener: &'a dyn Opener, stanza: [u8; 32]) -> Self {
        Self { opener, stanza, claims: OnceCell::new() }
    }

    /// Whether what was decrypted is of the vault, and by somebody who knew its MAC key.
    pub(super) fn check(&self, vault: VaultId, mac_key: &MacKey) -> Result<(), BadVault> {
        match self.claims.get() {
            Some((claimed, _)) if *claimed != vault => Err(BadVault::Mixed),
            Some((_, claimed)) if *claimed != hash(mac_key) => Err(BadVault::Forged),
            _ => Ok(()),
        }
    }
}

impl Identity for Asked<'_> {
    fn unwrap_stanza(&self, stanza: &Stanza) -> Option<Result<FileKey, DecryptError>> {
        self.unwrap_stanzas(std::slice::from_ref(stanza))
    }

    fn unwrap_stanzas(&self, stanzas: &[Stanza]) -> Option<Result<FileKey, DecryptError>> {
        let shares: Vec<[u8; 64]> = stanzas.iter().filter_map(share).collect();
        let unwrapped = self.opener.unwrap_key(&WrappedKey { stanza: self.stanza, shares })?;
        let _ = self.claims.set((unwrapped.vault, unwrapped.mac_key_hash));
        Some(Ok(FileKey::init_with_mut(|key| key.copy_from_slice(unwrapped.file_key.as_slice()))))
    }
}

/// An X25519 stanza (C2SP age.md, "The X25519 recipient type") without its text form.
fn share(stanza: &Stanza) -> Option<[u8; 64]> {
    let [ephemeral] = stanza.args.as_slice() else { return None };
    if stanza.tag != X25519_TAG {
        return None;
    }
    let mut share = BASE64_STANDARD_NO_PAD.decode(ephemeral).ok().filter(|bytes| bytes.len() == 32)?;
    share.extend_from_slice(&stanza.body);
    share.try_into().ok()
}

impl fmt::Debug for HeldIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HeldIdentity(..)")
    }
}

impl fmt::Debug for UnwrappedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UnwrappedKey(..)")
    }
}
