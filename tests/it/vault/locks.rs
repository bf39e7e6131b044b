//! Passphrases, recipients, identities, and a lock that is changed.

use super::*;
use age::secrecy::ExposeSecret;
use keyfob::vault::{
    BadVault, Identities, IdentityError, LockInfo, Recipient, RecipientChange, RecipientError, Strength,
};

fn identity_and_recipient() -> (Identities, Recipient) {
    let identity = age::x25519::Identity::generate();
    let file = format!("# made by a test\n{}\n", identity.to_string().expose_secret());
    let identities = Identities::read(file.as_bytes(), "id.txt", None).unwrap();
    (identities, Recipient::parse(&identity.to_public().to_string()).unwrap())
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_can_be_told_from_damage() {
    let (_, store) = memory_store();
    store.create(&lock(), NOW).unwrap();
    let refused = store.read().unwrap().open(Unlock::Passphrase(&passphrase("correct horse ")));
    assert!(matches!(refused, Err(VaultError::WrongPassphrase { .. })), "{refused:?}");
    assert_eq!(store.read().unwrap().lock(), &LockInfo::Passphrase { work_factor: cheap() });
}

#[test]
fn a_vault_for_recipients_opens_with_their_identities_alone() {
    let (_, store) = memory_store();
    let (mine, to_me) = identity_and_recipient();
    let (other, _) = identity_and_recipient();
    store.create(&NewLock::Recipients(vec![to_me]), NOW).unwrap();
    let mut session = store.read().unwrap().open(Unlock::Identities(&mine)).unwrap();
    add(&mut session, candidate(1));
    assert_eq!(store.read().unwrap().open(Unlock::Identities(&mine)).unwrap().vault().devices().len(), 1);
    assert!(matches!(
        store.read().unwrap().open(Unlock::Identities(&other)),
        Err(VaultError::NoIdentityFits { .. })
    ));
    assert!(matches!(
        store.read().unwrap().open(Unlock::Passphrase(&passphrase("x"))),
        Err(VaultError::OtherLock { wants_passphrase: false, .. })
    ));
}

#[test]
fn identities_offered_for_a_passphrase_vault_are_told_so() {
    let (_, store) = memory_store();
    store.create(&lock(), NOW).unwrap();
    let (mine, _) = identity_and_recipient();
    let refused = store.read().unwrap().open(Unlock::Identities(&mine));
    assert!(matches!(refused, Err(VaultError::OtherLock { wants_passphrase: true, .. })), "{refused:?}");
}

#[test]
fn a_new_passphrase_brings_a_new_identity_and_shuts_the_old_ones_out() {
    let (_, store) = memory_store();
    let mut session = store.create(&lock(), NOW).unwrap();
    add(&mut session, candidate(1));
    let mut elsewhere = open(&store);
    let new = passphrase("battery staple");
    session.change_passphrase(&new, cheap(), NOW).unwrap();
    assert!(matches!(
        store.read().unwrap().open(Unlock::Passphrase(&passphrase("correct horse"))),
        Err(VaultError::WrongPassphrase { .. })
    ));
    let mut again = store.read().unwrap().open(Unlock::Passphrase(&new)).unwrap();
    add(&mut again, candidate(2));
    let late = change(&mut elsewhere, &Change::Add(Box::new(candidate(3))));
    assert!(matches!(late, Err(Failed::Vault(VaultError::Relocked { .. }))), "{late:?}");
    let before = store.generations().unwrap().into_iter().find(|g| g.before.is_some()).unwrap();
    assert_eq!(before.before.as_deref(), Some("lock"));
}

#[test]
fn a_header_of_one_vintage_does_not_go_with_contents_of_another() {
    let (disk, store) = memory_store();
    let mut session = store.create(&lock(), NOW).unwrap();
    let old = store.read().unwrap().bytes().to_vec();
    session.change_passphrase(&passphrase("battery staple"), cheap(), NOW).unwrap();
    let new = store.read().unwrap().bytes().to_vec();
    // The old identity stanza in the new file: who knows the old passphrase must not get in by it.
    let spliced = splice_stanza(&new, &old);
    let path = PathBuf::from("/w/vault.age");
    write(&disk, &path, &spliced);
    let spliced = Store::on(Arc::new(disk), path).read().unwrap();
    let refused = spliced.open(Unlock::Passphrase(&passphrase("correct horse")));
    assert!(matches!(refused, Err(VaultError::Bad { .. })), "{refused:?}");
}

fn write(disk: &MemoryDisk, path: &std::path::Path, bytes: &[u8]) {
    use keyfob::vault::disk::Disk;
    disk.create_new(path).unwrap().write_all(bytes).unwrap();
}

fn splice_stanza(into: &[u8], from: &[u8]) -> Vec<u8> {
    let place = |file: &[u8]| {
        let text = String::from_utf8_lossy(file).into_owned();
        let start = text.find("-> keyfob-identity").unwrap();
        let rest = text[start + 3..].find("\n-> ").or_else(|| text[start + 3..].find("\n--- ")).unwrap();
        (start, start + 3 + rest)
    };
    // Offsets of the header are the same in bytes and text: it is ASCII.
    let ((a, b), (c, d)) = (place(into), place(from));
    [&into[..a], &from[c..d], &into[b..]].concat()
}

#[test]
fn who_knows_only_the_recipient_cannot_forge_a_vault() {
    let (disk, store) = memory_store();
    let mut session = store.create(&lock(), NOW).unwrap();
    add(&mut session, candidate(1));
    // A forger has learnt the vault's recipient and writes a vault for it with contents and MAC key of their own.
    let forged_to = {
        let plain = open_with_stock_age(store.read().unwrap().bytes(), "correct horse");
        let text = String::from_utf8_lossy(&plain).into_owned();
        let start = text.find("age1").unwrap();
        Recipient::parse(&text[start..start + 62]).unwrap()
    };
    let forger = Store::on(Arc::new(disk.clone()), PathBuf::from("/f/vault.age"));
    forger.create(&NewLock::Recipients(vec![forged_to]), NOW).unwrap();
    let planted = {
        let header = store.read().unwrap().bytes().to_vec();
        let own = forger.read().unwrap().bytes().to_vec();
        insert_stanza(&own, &header)
    };
    let path = PathBuf::from("/w/vault.age");
    write(&disk, &path, &planted);
    let refused = Store::on(Arc::new(disk), path)
        .read()
        .unwrap()
        .open(Unlock::Passphrase(&passphrase("correct horse")));
    assert!(matches!(refused, Err(VaultError::Bad { .. })), "{refused:?}");
}

/// What `age -d` does with the identity stanza saved to a file of its own.
fn open_with_stock_age(file: &[u8], passphrase: &str) -> Vec<u8> {
    use base64::Engine;
    use std::io::Read;
    let text = String::from_utf8_lossy(file).into_owned();
    let stanza = text.split("-> keyfob-identity v1\n").nth(1).unwrap();
    let body: String = stanza.lines().take_while(|line| !line.starts_with('-')).collect();
    let identity = base64::prelude::BASE64_STANDARD_NO_PAD.decode(body).unwrap();
    let scrypt = age::scrypt::Identity::new(age::secrecy::SecretString::from(passphrase.to_owned()));
    let mut inner = String::new();
    let opened = age::Decryptor::new(&identity[..]).unwrap();
    opened.decrypt([&scrypt as &dyn age::Identity].into_iter()).unwrap().read_to_string(&mut inner).unwrap();
    let key: age::x25519::Identity =
        inner.lines().find(|l| l.starts_with("AGE-SECRET-KEY-")).unwrap().parse().unwrap();
    let mut plain = Vec::new();
    let opened = age::Decryptor::new(file).unwrap();
    opened.decrypt([&key as &dyn age::Identity].into_iter()).unwrap().read_to_end(&mut plain).unwrap();
    plain
}

fn insert_stanza(into: &[u8], from: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(from).into_owned();
    let start = text.find("-> keyfob-identity").unwrap();
    let end =
        start + 3 + text[start + 3..].find("\n-> ").or_else(|| text[start + 3..].find("\n--- ")).unwrap() + 1;
    let first = b"age-encryption.org/v1\n".len();
    [&into[..first], &from[start..end], &into[first..]].concat()
}

#[test]
fn recipients_are_read_and_everything_else_is_named() {
    let (_, recipient) = identity_and_recipient();
    assert!(recipient.as_str().starts_with("age1"));
    let ssh =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHsKLqeplhpW+uObz5dvMgjz1OxfM/XXUB+VHtZ6isGN someone@example";
    assert!(Recipient::parse(ssh).is_ok());
    for (text, why) in [
        ("", RecipientError::Unknown),
        ("hello", RecipientError::Unknown),
        ("age1qqqq", RecipientError::Unknown),
        ("AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ", RecipientError::IsIdentity),
        ("ecdsa-sha2-nistp256 AAAAE2VjZHNh", RecipientError::UnsupportedSsh),
        ("ssh-ed25519 notbase64", RecipientError::UnsupportedSsh),
    ] {
        assert_eq!(Recipient::parse(text), Err(why), "{text}");
    }
    let file = format!("# team\n\n{}\nnot one\n", recipient.as_str());
    assert_eq!(Recipient::parse_file(&file), Err((4, RecipientError::Unknown)));
}

#[test]
fn an_encrypted_identity_file_needs_its_passphrase() {
    let identity = age::x25519::Identity::generate();
    let mut scrypt = age::scrypt::Recipient::new(age::secrecy::SecretString::from("id phrase".to_owned()));
    scrypt.set_work_factor(1);
    let secret = identity.to_string();
    let file = age::encrypt(&scrypt, secret.expose_secret().as_bytes()).unwrap();
    let read = |phrase: Option<&str>| Identities::read(&file, "id.age", phrase.map(passphrase).as_ref());
    assert!(matches!(read(None), Err(IdentityError::PassphraseNeeded { name }) if name == "id.age"));
    assert!(matches!(read(Some("no")), Err(IdentityError::WrongPassphrase { .. })));
    assert!(!read(Some("id phrase")).unwrap().is_empty());
    let none = Identities::read(b"# nothing here\n", "id.txt", None);
    assert!(matches!(none, Err(IdentityError::NoIdentity { line: None, .. })));
    let wrong = Identities::read(b"# a comment\nAGE-SECRET-KEY-1BROKEN\n", "id.txt", None);
    assert!(matches!(wrong, Err(IdentityError::NoIdentity { line: Some(2), .. })));
}

#[test]
fn the_cost_of_a_file_is_known_and_bounded_before_anything_is_tried() {
    for factor in [21u8, 22, 63] {
        let head = format!(
            "age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA {factor}\n{}\n--- {}\n",
            "A".repeat(43),
            "A".repeat(43)
        );
        let file = [head.as_bytes(), &[0; 100]].concat();
        assert_eq!(keyfob::vault::backup_lock(&file), Err(BadVault::WorkFactor { factor }));
    }
}

#[test]
fn strength_grows_with_words_and_knows_the_common_ones() {
    let score = |text: &str| Strength::of(text).score();
    assert_eq!((score(""), score("password"), score("keyfob")), (0, 0, 0));
    assert_eq!(score("correct horse battery staple 9"), 4);
    assert!(Strength::of("qwerty12").guesses_log10 < Strength::of("vi8$Kpd#2mQz").guesses_log10);
}

#[test]
fn recipients_come_and_go_and_nobody_is_locked_out_unawares() {
    let (_, store) = memory_store();
    let mut session = store.create(&lock(), NOW).unwrap();
    add(&mut session, candidate(1));
    let (mine, to_me) = identity_and_recipient();
    let (theirs, to_them) = identity_and_recipient();
    let both = RecipientChange { add: vec![to_me.clone(), to_them.clone()], remove: Vec::new() };
    assert_eq!(session.change_recipients(&both, None, NOW).unwrap(), (2, 0));
    assert_eq!(session.change_recipients(&both, None, NOW).unwrap(), (0, 0), "they are there already");
    for identities in [&mine, &theirs] {
        let opened = store.read().unwrap().open(Unlock::Identities(identities)).unwrap();
        assert_eq!(opened.vault().devices().len(), 1);
    }
    // A reader knows the MAC key: without a new one they could forge the contents.
    let gone = RecipientChange { add: Vec::new(), remove: vec![to_them.clone()] };
    let wrong = passphrase("battery staple");
    let refused = session.change_recipients(&gone, Some((&wrong, cheap())), NOW);
    assert!(matches!(refused, Err(VaultError::WrongPassphrase { .. })), "{refused:?}");
    let right = passphrase("correct horse");
    let stanza = |file: &[u8]| String::from_utf8_lossy(file).split("\n-> ").nth(2).map(str::to_owned);
    let before = stanza(store.read().unwrap().bytes());
    assert_eq!(session.change_recipients(&gone, Some((&right, cheap())), NOW).unwrap(), (0, 1));
    assert_ne!(stanza(store.read().unwrap().bytes()), before, "the identity is a new one");
    assert_eq!(session.recipients(), [to_me.as_str()]);
    assert!(store.read().unwrap().open(Unlock::Identities(&theirs)).is_err());
    assert!(store.read().unwrap().open(Unlock::Identities(&mine)).is_ok());
    assert!(store.read().unwrap().open(Unlock::Passphrase(&right)).is_ok());
    let missing = session.change_recipients(&gone, Some((&right, cheap())), NOW);
    assert!(matches!(missing, Err(VaultError::NoSuchRecipient { .. })), "{missing:?}");
}

#[test]
fn a_vault_without_a_passphrase_keeps_a_reader_who_is_here() {
    let (_, store) = memory_store();
    let (mine, to_me) = identity_and_recipient();
    let (theirs, to_them) = identity_and_recipient();
    store.create(&NewLock::Recipients(vec![to_me.clone()]), NOW).unwrap();
    let mut session = store.read().unwrap().open(Unlock::Identities(&mine)).unwrap();
    let none = RecipientChange { add: Vec::new(), remove: vec![to_me.clone()] };
    assert!(matches!(session.change_recipients(&none, None, NOW), Err(VaultError::NoReaders)));
    let other = RecipientChange { add: vec![to_them], remove: vec![to_me] };
    assert!(matches!(session.change_recipients(&other, None, NOW), Err(VaultError::LocksOut)));
    assert!(store.read().unwrap().open(Unlock::Identities(&mine)).is_ok(), "nothing was changed");
    let mut both = mine.clone();
    both.extend(theirs.clone());
    let mut session = store.read().unwrap().open(Unlock::Identities(&both)).unwrap();
    assert_eq!(session.change_recipients(&other, None, NOW).unwrap(), (1, 1));
    assert!(store.read().unwrap().open(Unlock::Identities(&mine)).is_err());
    assert!(store.read().unwrap().open(Unlock::Identities(&theirs)).is_ok());
}
