//! What opens and seals an open vault's file without the passphrase.

use super::bad::BadVault;
use super::header::LockInfo;
use super::header::{Header, IDENTITY_TAG};
use super::held::{Asked, HeldIdentity, Opener};
use super::identity::{Identities, VaultIdentity};
use super::lock::{NewLock, Unlock};
use super::model::{Vault, VaultId};
use super::passphrase::Passphrase;
use super::recipient::Recipient;
use super::schema::{self, Frame};
use super::seal::{self, Carried, OpenError, Witness};
use super::stamp::WriterId;
use super::work_factor::WorkFactor;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What opens and seals a vault: its own identity, here or where an agent holds it, or identities that were offered.
#[derive(Clone)]
pub(super) struct Key {
    own: Option<VaultIdentity>,
    offered: Identities,
    agent: Option<Arc<dyn Opener>>,
    /// The body of the identity stanza, carried from save to save as it is.
    stanza: Option<Vec<u8>>,
    frame: Frame,
}

/// Why a file does not open.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    WrongPassphrase,
    NoIdentityFits,
    /// Opens with a passphrase (true) or with identities (false), and the other was offered.
    OtherLock(bool),
    Bad(BadVault),
}

impl From<BadVault> for Failure {
    fn from(bad: BadVault) -> Self {
        Self::Bad(bad)
    }
}

impl Key {
    /// The key of a new vault.
    pub(super) fn generate(lock: &NewLock, vault: VaultId) -> Result<Self, BadVault> {
        match lock {
            NewLock::Passphrase(passphrase, cost) => {
                Self::with_passphrase(vault, passphrase, *cost, Vec::new())
            }
            NewLock::Recipients(recipients) => {
                let recipients = recipients.iter().map(|recipient| recipient.as_str().to_owned()).collect();
                let frame = Frame::fresh(recipients);
                Ok(Self { own: None, offered: Identities::default(), agent: None, stanza: None, frame })
            }
        }
    }

    fn with_passphrase(
        vault: VaultId,
        passphrase: &Passphrase,
        cost: WorkFactor,
        recipients: Vec<String>,
    ) -> Result<Self, BadVault> {
        let own = VaultIdentity::generate(vault);
        let stanza = own.seal(passphrase, cost).ok_or(BadVault::Damaged)?;
        let frame = Frame {
            previous: None,
            identity_stanza: Some(Sha256::digest(&stanza).into()),
            mac_key: own.mac_key.clone(),
            recipient: Some(own.identity.to_public().to_string()),
            recipients,
        };
        let offered = Identities::default();
        Ok(Self { own: Some(own), offered, agent: None, stanza: Some(stanza), frame })
    }

    /// The key of the same vault under another passphrase: a new identity and a new MAC key. The new stanza
    /// is opened with the passphrase before anything relies on it.
    pub(super) fn renew(
        &self,
        vault: VaultId,
        passphrase: &Passphrase,
        cost: WorkFactor,
    ) -> Result<Self, BadVault> {
        let mut new = Self::with_passphrase(vault, passphrase, cost, self.frame.recipients.clone())?;
        new.offered = self.offered.clone();
        let stanza = new.stanza.as_deref().unwrap_or_default();
        let opened = VaultIdentity::open(stanza, passphrase).map_err(|_| BadVault::Damaged)?;
        let same = new.own.as_ref().is_some_and(|own| own.mac_key == opened.mac_key);
        if same { Ok(new) } else { Err(BadVault::Damaged) }
    }

    /// The same key for other recipients. Where somebody is taken out, whoever holds the vault's passphrase has to
    /// renew the key first ([`Key::renew`]): those who could open the vault know what proves its contents.
    pub(super) fn share_with(&mut self, recipients: Vec<String>) {
        if self.own.is_none() {
            self.frame.mac_key = super::random::random_key();
        }
        self.frame.recipients = recipients;
    }

    /// Whether the passphrase stanza is carried, so that a passphrase opens the vault besides its recipients.
    pub(super) fn has_passphrase(&self) -> bool {
        self.stanza.is_some()
    }

    /// Whether this passphrase opens the identity stanza.
    pub(super) fn opens_with(&self, passphrase: &Passphrase) -> bool {
        self.stanza.as_deref().is_some_and(|stanza| VaultIdentity::open(stanza, passphrase).is_ok())
    }

    /// Takes over who else can open the vault: that may have changed while scrypt ran.
    pub(super) fn share_like(&mut self, other: &Self) {
        self.frame.recipients.clone_from(&other.frame.recipients);
    }

    /// Opens a file for the first time.
    pub(super) fn unlock(
        file: &[u8],
        header: Header,
        unlock: Unlock<'_>,
        writer: WriterId,
    ) -> Result<(Self, Vault), Failure> {
        let (own, offered) = match (unlock, &header.lock, &header.identity) {
            (_, LockInfo::Backup { .. }, _) => return Err(BadVault::IsBackup.into()),
            (Unlock::Passphrase(passphrase), _, Some(stanza)) => {
                let own = VaultIdentity::open(stanza, passphrase).map_err(|error| match error {
                    OpenError::NoKeyFits => Failure::WrongPassphrase,
                    OpenError::Bad(bad) => Failure::Bad(bad),
                })?;
                (Some(own), Identities::default())
            }
            (Unlock::Passphrase(_), _, None) => return Err(Failure::OtherLock(false)),
            (Unlock::Identities(none), _, None) if none.is_empty() => return Err(Failure::OtherLock(false)),
            (Unlock::Identities(identities), _, _) => (None, identities.clone()),
        };
        let wants_passphrase = own.is_none() && header.identity.is_some();
        let frame = Frame::fresh(Vec::new());
        let mut key = Self { own, offered, agent: None, stanza: None, frame };
        let vault = key.open(file, header, writer).map_err(|failure| match failure {
            Failure::NoIdentityFits if wants_passphrase => Failure::OtherLock(true),
            other => other,
        })?;
        Ok((key, vault))
    }

    /// Opens a file for the first time with the identity that an agent holds.
    pub(super) fn unlock_by(
        agent: Arc<dyn Opener>,
        file: &[u8],
        header: Header,
        writer: WriterId,
    ) -> Result<(Self, Vault), Failure> {
        let (offered, frame) = (Identities::default(), Frame::fresh(Vec::new()));
        let mut key = Self { own: None, offered, agent: Some(agent), stanza: None, frame };
        let vault = key.open(file, header, writer)?;
        Ok((key, vault))
    }

    /// What an agent needs to open the vault; none where its identity is not here.
    pub(super) fn held(&self) -> Option<HeldIdentity> {
        Some(HeldIdentity::new(self.stanza.as_deref()?, self.own.clone()?))
    }

    /// Whether a file that does not open is locked as before, so that it is the agent that let its identity go.
    pub(super) fn was_let_go(&self, header: &Header) -> bool {
        self.agent.is_some() && self.stanza.is_some() && self.stanza == header.identity
    }

    /// Opens the identity stanza once more, and compares what is in it.
    pub(super) fn prove(&self, vault: VaultId, passphrase: &Passphrase) -> Result<(), Failure> {
        let stanza = self.stanza.as_deref().ok_or(Failure::OtherLock(false))?;
        let opened = VaultIdentity::open(stanza, passphrase).map_err(|error| match error {
            OpenError::NoKeyFits => Failure::WrongPassphrase,
            OpenError::Bad(bad) => Failure::Bad(bad),
        })?;
        let same = opened.vault == vault && opened.mac_key == self.frame.mac_key;
        if same { Ok(()) } else { Err(BadVault::Mixed.into()) }
    }

    /// Opens a file once more with identities alone.
    pub(super) fn prove_with(file: &[u8], identities: &Identities) -> Result<(), Failure> {
        match seal::decrypt(file, identities.as_age()) {
            Ok(_) => Ok(()),
            Err(OpenError::NoKeyFits) => Err(Failure::NoIdentityFits),
            Err(OpenError::Bad(bad)) => Err(bad.into()),
        }
    }

    /// Opens a file of the same vault again; afterwards the key fits that file.
    pub(super) fn open(&mut self, file: &[u8], header: Header, writer: WriterId) -> Result<Vault, Failure> {
        let stanza_hash = header.identity.as_ref().map(|stanza| Sha256::digest(stanza).into());
        let agent = self.agent.as_deref().zip(stanza_hash).map(|(agent, stanza)| Asked::new(agent, stanza));
        let asked = agent.iter().map(|agent| agent as &dyn age::Identity);
        let plain = seal::decrypt(file, self.identities().chain(asked)).map_err(|error| {
            match (error, &self.own) {
                (OpenError::NoKeyFits, None) => Failure::NoIdentityFits,
                // The identity came out of this very file: then it is the rest that was changed.
                (OpenError::NoKeyFits, Some(_)) => Failure::Bad(BadVault::Mixed),
                (OpenError::Bad(bad), _) => Failure::Bad(bad),
            }
        })?;
        let trusted = self.own.as_ref().map(|own| &own.mac_key);
        let (vault, frame) = schema::decode(&plain, trusted, writer)?;
        if let Some(agent) = &agent {
            agent.check(vault.id, &frame.mac_key)?;
        }
        let other_vault = self.own.as_ref().is_some_and(|own| own.vault != vault.id);
        if frame.identity_stanza != stanza_hash || other_vault {
            return Err(BadVault::Mixed.into());
        }
        self.stanza = header.identity;
        self.frame = frame;
        Ok(vault)
    }

    /// The file's bytes for these contents, decrypted again and compared before anybody relies on them.
    pub(super) fn seal(&mut self, vault: &Vault, previous: Option<[u8; 32]>) -> Result<Vec<u8>, BadVault> {
        self.frame.previous = previous;
        let plain = schema::encode(vault, &self.frame)?;
        let witness = Witness::default();
        let file = {
            let own = self.frame.recipient.iter().map(String::as_str);
            let texts = own.chain(self.frame.recipients.iter().map(String::as_str));
            let recipients: Vec<Recipient> = texts
                .map(Recipient::parse)
                .collect::<Result<_, _>>()
                .map_err(|error| BadVault::Contents(format!("recipient: {error}")))?;
            let body = self.stanza.as_deref();
            let stanza = body.map(|body| Carried { tag: IDENTITY_TAG, arg: "v1", body });
            let carried = stanza.iter().map(|stanza| stanza as &dyn age::Recipient);
            let all = recipients
                .iter()
                .map(Recipient::as_age)
                .chain(carried)
                .chain([&witness as &dyn age::Recipient]);
            seal::encrypt(&plain, all).ok_or(BadVault::Damaged)?
        };
        // Where nobody here holds an identity of what was encrypted, the file key that was seen has to do.
        let holds = if self.own.is_none() && self.offered.is_empty() {
            seal::holds(&file, std::iter::once(&witness as &dyn age::Identity), &plain)
        } else {
            seal::holds(&file, self.identities(), &plain)
        };
        if holds { Ok(file) } else { Err(BadVault::Damaged) }
    }

    fn identities(&self) -> impl Iterator<Item = &dyn age::Identity> {
        let own = self.own.iter().map(|own| &own.identity as &dyn age::Identity);
        own.chain(self.offered.as_age())
    }

    /// Further recipients, as age writes them.
    pub(super) fn recipients(&self) -> &[String] {
        &self.frame.recipients
    }
}
