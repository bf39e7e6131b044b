//! Where things end: the last value that is taken, and the first that is not.

use super::*;
use keyfob::vault::disk::Disk as _;
use keyfob::vault::{
    BadVault, CacheKey, Edit, Identities, Ledger, LockInfo, Recipient, RecipientError, Seen, Strength,
    VaultId, WriterId, backup_lock,
};
use std::sync::Mutex;
use uuid::Uuid;

#[test]
fn a_cost_is_1_to_20_and_tells_its_memory() {
    let memory = |log_n| WorkFactor::new(log_n).map(WorkFactor::mebibytes);
    let known = [(0, None), (1, Some(1)), (10, Some(1)), (11, Some(2)), (17, Some(128)), (20, Some(1024))];
    for (log_n, mebibytes) in known.into_iter().chain([(21, None), (273, None)]) {
        assert_eq!(memory(log_n), mebibytes, "{log_n}");
    }
}

#[test]
fn a_passphrase_is_1_to_1024_bytes_and_never_shown() {
    let taken = |length: usize| Passphrase::new(Zeroizing::new("x".repeat(length))).is_some();
    assert_eq!([0, 1, 1024, 1025].map(taken), [false, true, true, false]);
    assert!(!format!("{:?}", passphrase("correct horse")).contains("horse"));
}

#[test]
fn a_score_goes_by_how_long_guessing_takes() {
    // 6,000 guesses are two seconds' worth, and half of them are needed on average.
    assert!((Strength { guesses_log10: 6000f64.log10() }.seconds_to_guess() - 1.0).abs() < 1e-9);
    let (day, year) = (86_400.0, 31_557_600.0);
    for (score, ends) in (0u8..).zip([day, 30.0 * day, 3.0 * year, 100.0 * year]) {
        let after = |seconds: f64| Strength { guesses_log10: (seconds * 6000.0).log10() }.score();
        assert_eq!((after(ends * 0.999), after(ends * 1.001)), (score, score + 1), "{ends} s");
    }
    assert!(Strength::of("").guesses_log10.abs() < f64::EPSILON);
    let long = "vi8$Kpd#2mQz".repeat(9);
    assert_eq!(Strength::of(&long), Strength::of(long.get(..100).unwrap()), "100 characters count");
    assert!(Strength::of("keyfob").guesses_log10 < 2.0, "our own name is guessed first");
}

#[test]
fn what_a_cache_key_seals_opens_with_that_key_alone() {
    let key = CacheKey::generate();
    let sealed = key.seal(b"a session").unwrap();
    assert!(!sealed.windows(9).any(|part| part == b"a session"));
    let again = CacheKey::from_text(&key.to_text()).unwrap();
    for key in [&key, &again] {
        assert_eq!(key.open(&sealed).unwrap().as_slice(), b"a session");
    }
    assert!(CacheKey::generate().open(&sealed).is_none());
    assert!(key.open(sealed.get(..sealed.len() - 1).unwrap()).is_none());
    assert!(CacheKey::from_text("# nothing\nAGE-SECRET-KEY-1X").is_none());
    assert_eq!(format!("{key:?}"), "CacheKey(..)");
}

#[test]
fn a_change_names_the_device_that_it_is_about_and_no_new_one() {
    let id = DeviceId::random();
    let device = Box::new(candidate(1).into_device(id, NOW));
    for about_it in [
        Change::Edit { id, edit: Box::default() },
        Change::Remove(id),
        Change::Restore(device),
        Change::Advance(id),
        Change::StepBack { id, from: 1 },
        Change::StepOn { id, from: 1 },
        Change::Checked(id),
    ] {
        assert_eq!(about_it.device(), Some(id), "{about_it:?}");
    }
    for other in [
        Change::Add(Box::new(candidate(2))),
        Change::Import(vec![candidate(2)]),
        Change::RemoveAll(vec![id]),
        Change::Exported { devices: 1 },
    ] {
        assert_eq!(other.device(), None, "{other:?}");
    }
}

#[test]
fn taking_in_another_copy_counts_what_it_brings() {
    let vault = |writer| Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(writer));
    let add_to = |vault: &mut Vault, number| {
        vault.apply(&Change::Add(Box::new(candidate(number))), NOW).unwrap().id.unwrap()
    };
    let mut ours = vault(1);
    let ids = [1, 2, 3, 4].map(|number| add_to(&mut ours, number));
    let mut theirs = vault(2).merge(&ours);
    assert!(!ours.clone().take_in(&theirs, NOW).news, "nothing new in the same");
    add_to(&mut theirs, 5);
    add_to(&mut theirs, 6);
    let renamed = Edit { account: Some(Text::line("other").unwrap()), ..Edit::default() };
    theirs.apply(&Change::Edit { id: ids[0], edit: Box::new(renamed) }, NOW).unwrap();
    for id in &ids[1..] {
        theirs.apply(&Change::Remove(*id), NOW).unwrap();
    }
    let told = ours.take_in(&theirs, UnixTime(NOW.0 + 1));
    assert_eq!((told.added, told.changed, told.removed, told.news), (2, 1, 3, true));
    let last = ours.log().last().unwrap();
    assert_eq!((last.what.as_str(), last.count, last.at.0), ("merge", Some(6), NOW.0 + 1));
    assert_eq!(ours.owner_of(&candidate(5)).map(|device| device.id), ours.device_at(1).map(|it| it.id));
    assert_eq!((ours.device_at(0).map(|it| it.id), ours.device_at(3)), (Some(ids[0]), None));
    assert_eq!(ours.owner_of(&candidate(2)), None);
}

#[test]
fn a_secret_that_both_copies_were_given_counts_as_nothing_removed() {
    let vault = |writer| Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(writer));
    let given = |writer, now| {
        let mut vault = vault(writer);
        vault.apply(&Change::Add(Box::new(candidate(1))), now).unwrap();
        vault
    };
    // Whichever was added first keeps its id.
    for (mut ours, theirs) in [(given(1, NOW), given(2, NOW)), (given(2, NOW), given(1, NOW))] {
        let told = ours.take_in(&theirs, NOW);
        assert_eq!((told.removed, told.news, ours.devices().len()), (0, true, 1));
    }
}

/// A header of so many X25519 stanzas, and so long a payload.
fn file_of(stanzas: usize, payload: usize) -> Vec<u8> {
    let share = "A".repeat(43);
    let header = format!("-> X25519 {share}\n{share}\n").repeat(stanzas);
    let mut file = format!("age-encryption.org/v1\n{header}--- {share}\n").into_bytes();
    file.resize(file.len() + payload, 0);
    file
}

#[test]
fn a_header_has_1_to_64_stanzas_and_what_follows_32_bytes() {
    let many = |stanzas| Ok(LockInfo::Recipients { stanzas });
    assert_eq!(backup_lock(&file_of(1, 32)), many(1));
    assert_eq!(backup_lock(&file_of(64, 32)), many(64));
    assert_eq!(backup_lock(&file_of(65, 32)), Err(BadVault::HeaderTooLarge));
    assert!(matches!(backup_lock(&file_of(0, 32)), Err(BadVault::Header { line: 2, .. })));
    assert_eq!(backup_lock(&file_of(1, 31)), Err(BadVault::Damaged));
}

#[test]
fn a_header_that_is_cut_off_is_told_from_one_of_more_than_16_kib() {
    let unfinished = |length: usize| {
        let mut file = b"age-encryption.org/v1\n-> X25519 ".to_vec();
        file.resize(length, b'A');
        backup_lock(&file)
    };
    assert_eq!(unfinished(16 << 10), Err(BadVault::Damaged));
    assert_eq!(unfinished((16 << 10) + 1), Err(BadVault::HeaderTooLarge));
    assert_eq!(backup_lock(b"age-encryption.org/v1"), Err(BadVault::NotAge));
    assert_eq!(backup_lock(b""), Err(BadVault::Empty));
    for (start, is_none) in
        [("age-encryption.org/v2\n", false), ("age-encryption.org/v11\n", false), ("age\n", true)]
    {
        let refused = backup_lock(start.as_bytes());
        assert_eq!(refused == Err(BadVault::NotAge), is_none, "{start:?}");
    }
}

#[test]
fn a_passphrase_stanza_stands_alone_and_says_its_cost_one_way() {
    let file = |stanzas: &str| {
        let mac = "A".repeat(43);
        [format!("age-encryption.org/v1\n{stanzas}--- {mac}\n").as_bytes(), &[0; 32]].concat()
    };
    let body = "A".repeat(43);
    let scrypt = |args: &str| format!("-> scrypt{args}\n{body}\n");
    let taken = backup_lock(&file(&scrypt(" salt 1")));
    assert_eq!(taken, Ok(LockInfo::Backup { work_factor: cheap() }));
    for args in ["", " salt", " salt 1 2", " salt 01", " salt +1", " salt 1x", " salt 1111", " salt x"] {
        assert!(matches!(backup_lock(&file(&scrypt(args))), Err(BadVault::Header { line: 2, .. })), "{args}");
    }
    for (cost, factor) in [("21", 21), ("255", 255), ("256", 255)] {
        let refused = backup_lock(&file(&scrypt(&format!(" salt {cost}"))));
        assert_eq!(refused, Err(BadVault::WorkFactor { factor }));
    }
    let beside = format!("{}-> X25519 a\n{body}\n", scrypt(" salt 1"));
    assert!(matches!(backup_lock(&file(&beside)), Err(BadVault::Header { line: 2, .. })));
    let whole = String::from_utf8(file_of(1, 32)).unwrap();
    let cut = whole.replace(&format!("--- {body}"), "--- AAAA");
    assert!(matches!(backup_lock(cut.as_bytes()), Err(BadVault::Header { line: 4, .. })));
}

#[test]
fn a_recipient_is_the_same_whatever_its_comment_and_others_are_named() {
    let (_, age) = recipient();
    assert_eq!(Recipient::parse(&format!("  {}\n", age.as_str())).unwrap(), age);
    let other = age::x25519::Identity::generate().to_public().to_string();
    assert_ne!(Recipient::parse(&other).unwrap(), age);
    assert_eq!(format!("{age:?}"), format!("Recipient({:?})", age.as_str()));
    let cut = age.as_str().get(..age.as_str().len() - 1).unwrap();
    assert_eq!(Recipient::parse(cut), Err(RecipientError::Unknown));
    let plugin = format!("age1yubikey1{}", "q".repeat(60));
    assert_eq!(Recipient::parse(&plugin), Err(RecipientError::Unsupported));
    for secret in ["AGE-SECRET-KEY-1X", "age-secret-key-1x", "AGE-PLUGIN-X-1", "BEGIN PRIVATE KEY"] {
        assert_eq!(Recipient::parse(secret), Err(RecipientError::IsIdentity), "{secret}");
    }
    for kind in ["ecdsa-sha2-nistp256", "sk-ssh-ed25519@openssh.com", "ssh-dss", "ssh-rsa", "ssh-ed25519"] {
        assert_eq!(Recipient::parse(&format!("{kind} AAAA")), Err(RecipientError::UnsupportedSsh), "{kind}");
    }
    let file = format!("# me\n\n  # also\n{}\nnobody\n", age.as_str());
    assert_eq!(Recipient::parse_file(&file), Err((5, RecipientError::Unknown)));
    assert_eq!(Recipient::parse_file(file.trim_end_matches("nobody\n")), Ok(vec![age]));
}

#[test]
fn an_identity_file_names_the_line_that_is_none() {
    use keyfob::vault::IdentityError;
    let line = |text: &str| match Identities::read(text.as_bytes(), "id", None) {
        Err(IdentityError::NoIdentity { line, .. }) => line,
        other => panic!("{other:?}"),
    };
    assert_eq!(line("# one\n\nnot a key\n"), Some(3));
    assert_eq!(line("# one\n\n"), None);
    assert!(Identities::default().is_empty() && !recipient().0.is_empty());
    assert_eq!(format!("{:?}", recipient().0), "Identities(..)");
}

/// Remembers one vault, and whether it was saved here.
#[derive(Default)]
struct Memory(Mutex<Option<Seen>>, Mutex<usize>);

impl Ledger for Memory {
    fn seen(&self, _: VaultId) -> Option<Seen> {
        *self.0.lock().unwrap()
    }

    fn saw(&self, _: VaultId, seen: Seen) {
        *self.0.lock().unwrap() = Some(seen);
    }

    fn saved(&self, vault: VaultId, saved: Seen) {
        *self.1.lock().unwrap() += 1;
        self.saw(vault, saved);
    }
}

#[test]
fn an_older_copy_and_another_of_the_same_age_are_told_and_a_newer_one_is_not() {
    let (_, store) = memory_store();
    let memory = Arc::new(Memory::default());
    let store = store.with_ledger(memory.clone());
    let mut session = store.create(&recipients_lock(), NOW).unwrap();
    add(&mut session, candidate(1));
    let here = memory.0.lock().unwrap().unwrap();
    assert_eq!((here.generation, *memory.1.lock().unwrap()), (2, 1));
    let told = |generation, hash| {
        *memory.0.lock().unwrap() = Some(Seen { generation, hash });
        let told = open_with_identity(&store).unwrap().take_rollback();
        told.map(|told| (told.here, told.seen, told.held))
    };
    assert_eq!(told(2, here.hash), None);
    assert_eq!(told(1, 0), None);
    assert_eq!(told(2, here.hash ^ 1), Some((2, 2, false)));
    assert_eq!(told(3, here.hash), Some((2, 3, false)));
    *memory.0.lock().unwrap() = None;
    open_with_identity(&store).unwrap();
    assert_eq!(*memory.0.lock().unwrap(), Some(here), "what is opened is seen");
}

#[test]
fn another_vault_in_its_place_is_not_taken_for_it() {
    let (disk, store) = memory_store();
    store.create(&recipients_lock(), NOW).unwrap();
    let mut session = open_with_identity(&store).unwrap();
    disk.remove(store.path()).unwrap();
    store.create(&recipients_lock(), NOW).unwrap();
    // Each has a MAC key of its own, but both open with the one identity.
    let refused = session.reload();
    assert!(
        matches!(&refused, Err(VaultError::AnotherVault { path }) if path == store.path()),
        "{refused:?}"
    );
    let refused = change(&mut session, &Change::Add(Box::new(candidate(1))));
    assert!(matches!(refused, Err(Failed::Vault(VaultError::AnotherVault { .. }))), "{refused:?}");
    assert!(accounts(open_with_identity(&store).unwrap().vault()).is_empty());
}
