//! Every flipped bit and every cut is refused; bombs cost nothing.

use super::*;
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

#[test]
fn every_flipped_bit_is_refused() {
    let good = small_vault(&recipients_lock());
    assert!(opens_with_identity(&good).is_ok());
    for index in 0..good.len() * 8 {
        let mut bad = good.clone();
        bad[index / 8] ^= 1 << (index % 8);
        assert!(opens_with_identity(&bad).is_err(), "bit {index} of {}", good.len() * 8);
    }
}

#[test]
fn every_cut_and_everything_after_the_end_is_refused() {
    let good = small_vault(&recipients_lock());
    for length in 0..good.len() {
        assert!(opens_with_identity(&good[..length]).is_err(), "cut to {length}");
    }
    assert!(opens_with_identity(&[good.as_slice(), b"x"].concat()).is_err());
}

#[test]
fn damage_in_a_passphrase_vault_is_refused_wherever_it_is() {
    let good = small_vault(&lock());
    assert!(opens(&good).is_ok());
    for index in (0..good.len()).step_by(7) {
        let mut bad = good.clone();
        bad[index] ^= 1 << (index % 8);
        assert!(opens(&bad).is_err(), "byte {index} of {}", good.len());
    }
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
