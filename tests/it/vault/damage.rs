//! Every flipped bit and every cut is refused; bombs cost nothing.

use super::*;
use crate::harness::say;
use keyfob::explain::{Exit, Explain as _};
use keyfob::vault::BadVault;
use keyfob::vault::disk::Disk;

fn on_disk(bytes: &[u8]) -> Store {
    let disk = MemoryDisk::default();
    let path = PathBuf::from("/v/vault.age");
    disk.create_new(&path).unwrap().write_all(bytes).unwrap();
    Store::on(Arc::new(disk), path)
}

fn opens(bytes: &[u8]) -> Result<Vec<String>, VaultError> {
    let session = on_disk(bytes).read()?.open(Unlock::Passphrase(&passphrase("correct horse")))?;
    Ok(accounts(session.vault()))
}

fn opens_with_identity(bytes: &[u8]) -> Result<Vec<String>, VaultError> {
    Ok(accounts(open_with_identity(&on_disk(bytes))?.vault()))
}

fn small_vault(lock: &NewLock) -> Vec<u8> {
    let (_, store) = memory_store();
    store.create(lock, NOW).unwrap();
    store.read().unwrap().bytes().to_vec()
}

/// A refusal that leaves nobody alone with it: the earlier generations are offered, or, where the header now says
/// something else than it did, what that would take.
fn is_offered_a_way(refusal: &VaultError) -> bool {
    let told = refusal.explain();
    let offered = told.hint.as_deref().is_some_and(|hint| hint.contains("keyfob restore"));
    let newer = matches!(refusal, VaultError::Bad { bad: BadVault::Newer { .. }, .. });
    if !offered && !newer {
        assert_eq!(told.exit, Exit::Locked, "{}: {:?}", told.message, told.hint);
    }
    offered
}

/// Flips every bit, and cuts at every length: each is refused. How many were, and how many of those offered generations.
fn damage(good: &[u8], opens: impl Fn(&[u8]) -> Result<Vec<String>, VaultError>) -> (usize, usize) {
    assert!(opens(good).is_ok());
    let mut bad = good.to_vec();
    let mut refusals = Vec::new();
    for bit in 0..good.len() * 8 {
        bad[bit / 8] ^= 1 << (bit % 8);
        refusals.push(opens(&bad).expect_err(&format!("bit {bit} of {}", good.len() * 8)));
        bad[bit / 8] ^= 1 << (bit % 8);
    }
    for length in 0..good.len() {
        refusals.push(opens(&good[..length]).expect_err(&format!("cut to {length}")));
    }
    refusals.push(opens(&[good, b"x"].concat()).expect_err("one byte more"));
    (refusals.len(), refusals.iter().filter(|refusal| is_offered_a_way(refusal)).count())
}

#[test]
fn every_flipped_bit_and_every_cut_of_a_vault_for_recipients_is_refused() {
    let (refused, offered) = damage(&small_vault(&recipients_lock()), opens_with_identity);
    say(&format!("{refused} refused, {offered} of them with the generations offered"));
    assert!(offered * 10 > refused * 8, "{offered} of {refused}");
}

#[test]
fn every_flipped_bit_and_every_cut_of_a_passphrase_vault_is_refused() {
    let (refused, offered) = damage(&small_vault(&lock()), opens);
    say(&format!("{refused} refused, {offered} of them with the generations offered"));
    assert!(offered * 2 > refused, "{offered} of {refused}");
}

#[test]
fn what_is_no_vault_says_what_it_is() {
    let refusal = |bytes: &[u8]| match opens(bytes) {
        Err(VaultError::Bad { bad, .. }) => bad,
        other => panic!("{other:?}"),
    };
    assert_eq!(refusal(b""), BadVault::Empty);
    assert_eq!(refusal(b"hello\n"), BadVault::NotAge);
    assert_eq!(
        refusal(b"age-encryption.org/v2\n-> x\n"),
        BadVault::Header { line: 1, what: "unknown age version" }
    );
    assert_eq!(refusal(b"age-encryption.org/v1\n-> X25519 a\nAAAA\n"), BadVault::Damaged);
}

#[test]
fn hostile_headers_are_refused_before_the_age_crate_sees_them() {
    let mac = "A".repeat(43);
    let long = format!(
        "age-encryption.org/v1\n-> X25519 {mac}\n{}--- {mac}\n",
        format!("{}\n", "A".repeat(64)).repeat(300)
    );
    let many =
        format!("age-encryption.org/v1\n{}--- {mac}\n", format!("-> X25519 {mac}\n{mac}\n").repeat(65));
    for text in [long, many] {
        let file = [text.as_bytes(), &[0; 64]].concat();
        assert!(matches!(opens(&file), Err(VaultError::Bad { bad: BadVault::HeaderTooLarge, .. })));
    }
    for line in ["-> ", "->X25519 a", "-> X25519  a", "-> X25519 \u{e9}", "-> a\tb", "garbage"] {
        let file = format!("age-encryption.org/v1\n{line}\n{mac}\n--- {mac}\n{}", "x".repeat(64));
        assert!(
            matches!(
                opens(file.as_bytes()),
                Err(VaultError::Bad { bad: BadVault::Header { line: 2, .. }, .. })
            ),
            "{line}"
        );
    }
    for body in ["A", "AB", "A=", "====", &"A".repeat(65), "AAA\u{7f}"] {
        let file = format!("age-encryption.org/v1\n-> X25519 a\n{body}\n--- {mac}\n{}", "x".repeat(64));
        assert!(
            matches!(
                opens(file.as_bytes()),
                Err(VaultError::Bad { bad: BadVault::Header { line: 3, .. }, .. })
            ),
            "{body}"
        );
    }
}
