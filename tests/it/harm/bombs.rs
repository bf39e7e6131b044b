//! Files that ask for more than anybody has: refused within bounded memory, before anything is asked.

use crate::harness::home::{Home, KEYFOB, RFC_SECRET};
use crate::harness::{eventually, quoted, say, timed};
use serde_json::json;
use std::cell::RefCell;
use std::fs::File;
use std::io::{Cursor, Write as _};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// So much more than an idle session a refusal may take, in KiB.
const GROWTH: u64 = 64 << 10;

/// A file's name, what is in it, and how the command ends that gets it.
type Bomb = (&'static str, Vec<u8>, i32);

fn age(stanzas: &str) -> Vec<u8> {
    let mac = "A".repeat(43);
    [format!("age-encryption.org/v1\n{stanzas}--- {mac}\n").as_bytes(), &[0; 64]].concat()
}

fn scrypt(factor: &str) -> String {
    format!("-> scrypt {} {factor}\n{}\n", "A".repeat(22), "A".repeat(43))
}

/// Base64 as age has it: in lines of 64, the last one shorter.
fn body(bytes: &[u8]) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD_NO_PAD.encode(bytes);
    let mut lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    if text.len().is_multiple_of(64) {
        lines.push("");
    }
    lines.join("\n") + "\n"
}

/// What stands in a vault's place: none of these opens, and of none the passphrase is asked.
fn vaults() -> Vec<Bomb> {
    let line = format!("{}\n", "A".repeat(64));
    let inside = |file: &[u8]| age(&format!("-> keyfob-identity v1\n{}", body(file)));
    vec![
        ("a header of 1 MiB", age(&format!("-> X25519 {}\n{}\n", "A".repeat(43), line.repeat(16_000))), 4),
        (
            "a thousand stanzas",
            age(&format!("-> X25519 {}\n{}\n", "A".repeat(43), "A".repeat(43)).repeat(1_000)),
            4,
        ),
        (
            "a line without an end",
            [b"age-encryption.org/v1\n-> x ".as_slice(), &vec![b'a'; 16 << 20]].concat(),
            4,
        ),
        ("scrypt 21", age(&scrypt("21")), 4),
        ("scrypt 30", age(&scrypt("30")), 4),
        ("scrypt 63", age(&scrypt("63")), 4),
        ("scrypt 255", age(&scrypt("255")), 4),
        ("scrypt without end", age(&scrypt(&"9".repeat(9_000))), 4),
        ("scrypt below nothing", age(&scrypt("-1")), 4),
        ("an identity at scrypt 40", inside(&age(&scrypt("40"))), 4),
        ("an identity in an identity", inside(&inside(&inside(&age(&scrypt("22"))))), 4),
        ("a newer identity", age(&format!("-> keyfob-identity v99999999999\n{}", body(&[1; 64]))), 4),
        ("17 MiB of nothing", vec![0; 17 << 20], 4),
    ]
}

fn zipped(members: impl Iterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, contents) in members {
        zip.start_file(name, options).unwrap();
        zip.write_all(&contents).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A sealed file of Aegis that asks for scrypt at this cost.
fn aegis(n: u64, r: u64, p: u64) -> Vec<u8> {
    let slot = json!({"type": 1, "uuid": "a8325752-c1be-458a-9b3e-5e0a8154d9ec", "key": "ab".repeat(32),
        "key_params": {"nonce": "ab".repeat(12), "tag": "cd".repeat(16)}, "n": n, "r": r, "p": p, "salt": "ef".repeat(32)});
    let header = json!({"slots": [slot], "params": {"nonce": "ab".repeat(12), "tag": "cd".repeat(16)}});
    json!({"version": 1, "header": header, "db": "QUFBQQ=="}).to_string().into_bytes()
}

/// A picture's header that claims to be this large.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width.min(8_000), height.min(8_000));
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer
        .write_image_data(&vec![0; usize::try_from(width.min(8_000) * height.min(8_000)).unwrap()])
        .unwrap();
    drop(writer);
    out
}

/// Other apps' files: refused as bad input, with the password for those that are encrypted at hand.
fn imports() -> Vec<Bomb> {
    let laughs = (1..30).fold("<!DOCTYPE x [<!ENTITY a0 \"ha\">".to_owned(), |all, at| {
        all + &format!("<!ENTITY a{at} \"{}\">", format!("&a{};", at - 1).repeat(10))
    });
    let argon = json!({"version": 1, "kdfParams": {"memLimit": u64::MAX >> 1, "opsLimit": 4, "salt": "QUFBQUFBQUFBQUFBQUFBQQ=="},
        "encryptedData": "QUFBQQ==", "encryptionNonce": "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB"});
    vec![
        ("arrays.json", b"[".repeat(8 << 20), 4),
        ("objects.json", b"{\"a\":".repeat(1 << 20), 4),
        ("both.json", b"[{\"a\":".repeat(1 << 20), 4),
        ("number.json", [b"[1".as_slice(), &b"0".repeat(4 << 20), b"]"].concat(), 4),
        ("laughs.xml", format!("{laughs}]><map>&a29;</map>").into_bytes(), 4),
        ("deep.xml", b"<a>".repeat(1 << 20), 4),
        ("attributes.xml", [b"<a ".as_slice(), &b"b='c' ".repeat(1 << 19), b"/>"].concat(), 4),
        ("columns.csv", [b"issuer,secret".as_slice(), &b",x".repeat(1 << 20), b"\n"].concat(), 4),
        ("ratio.zip", zipped([("raivo-otp-export.json".to_owned(), vec![b' '; 80 << 20])].into_iter()), 4),
        ("members.zip", zipped((0..11_000).map(|at| (format!("{at}.json"), Vec::new()))), 4),
        (
            "nested.zip",
            zipped(
                [("x.zip".to_owned(), zipped([("a.json".to_owned(), vec![0; 1 << 20])].into_iter()))]
                    .into_iter(),
            ),
            4,
        ),
        ("memory.json", aegis(1 << 40, 8, 1), 4),
        ("blocks.json", aegis(1 << 15, 1 << 40, 1), 4),
        ("lanes.json", aegis(1 << 15, 8, 1 << 40), 4),
        ("overflow.json", aegis(1 << 63, 1 << 62, 1 << 61), 4),
        ("argon.json", argon.to_string().into_bytes(), 4),
        ("backup.age", age(&scrypt("31")), 4),
        ("wide.png", png(8_000, 8_000), 4),
        ("lengths.txt", b"otpauth-migration://offline?data=Cv////8PCgABAgMEBQYHCAk%3D\n".to_vec(), 4),
        ("long.txt", [b"otpauth://totp/".as_slice(), &b"a".repeat(30 << 20)].concat(), 4),
        ("too-large.txt", vec![b'a'; 33 << 20], 4),
    ]
}

/// What an idle session of the program takes of addresses, in KiB.
fn idle() -> u64 {
    let home = Home::with_two();
    let mut child =
        home.command().args(["add", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let peak = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmPeak:")).unwrap_or("0 kB");
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap()
    };
    // It waits for its input: nothing more is taken then.
    let waits = || {
        let call = std::fs::read_to_string(format!("/proc/{}/wchan", child.id())).unwrap_or_default();
        call.contains("pipe")
    };
    eventually("a program that waits", waits);
    let peak = peak();
    drop(child.stdin.take());
    child.wait().unwrap();
    peak
}

/// Runs the program where it can take no more addresses than that, and has no terminal to ask on.
fn within(home: &Home, limit: u64, options: &[String], arguments: &[&str]) -> Output {
    let words: Vec<String> =
        options.iter().map(String::as_str).chain(arguments.iter().copied()).map(quoted).collect();
    let script = format!("ulimit -S -v {limit} && exec setsid -w {} {}", quoted(KEYFOB), words.join(" "));
    let mut command = Command::new("/bin/sh");
    command
        .env_clear()
        .envs(home.env())
        .current_dir(home.path(""))
        .args(["-c", &script])
        .stdin(Stdio::null());
    let (output, took) = timed(|| command.output().unwrap());
    SLOWEST.with_borrow_mut(|slowest| {
        if took > slowest.0 {
            *slowest = (took, arguments.join(" "));
        }
    });
    output
}

thread_local! {
    /// What the slowest refusal of a test took, from the program's start to its end. Told, and held to nothing: the
    /// machine has other work to do, too.
    static SLOWEST: RefCell<(Duration, String)> = const { RefCell::new((Duration::ZERO, String::new())) };
}

fn tell(what: &str, limit: u64) {
    let (took, slowest) = SLOWEST.take();
    say(&format!(
        "{what}, within {limit} KiB of addresses; the slowest, `{slowest}`, took {} ms",
        took.as_millis()
    ));
}

#[track_caller]
fn assert_refused(name: &str, output: &Output, code: i32) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{name}: {said}");
    assert!(said.starts_with("keyfob: ") && !said.contains("to ask for it on"), "{name}: {said}");
    assert!(said.len() < 1_000 && output.stdout.len() < 1_000, "{name}: {} bytes said", said.len());
}

#[test]
fn hostile_vaults_are_refused_before_a_passphrase_is_asked() {
    let (home, limit) = (Home::empty(), idle() + GROWTH);
    for (name, bytes, code) in vaults() {
        std::fs::write(home.path("bomb"), bytes).unwrap();
        for arguments in [
            &["list", "--vault", "bomb"][..],
            &["doctor", "--vault", "bomb"],
            &["lock", "show", "--vault", "bomb"],
        ] {
            let output = within(&home, limit, &[], arguments);
            match arguments[0] {
                // It looks at all there is, and says what is bad.
                "doctor" => assert!(
                    output.status.code().is_some_and(|code| code > 0 && code <= 5),
                    "{name}: {output:?}"
                ),
                _ => assert_refused(name, &output, code),
            }
        }
    }
    // Larger than any memory, and of no size on the disk.
    File::create(home.path("bomb")).unwrap().set_len(1 << 40).unwrap();
    assert_refused("1 TiB", &within(&home, limit, &[], &["list", "--vault", "bomb"]), 4);
    tell(&format!("{} vaults", vaults().len() + 1), limit);
}

#[test]
fn hostile_files_of_others_are_refused_within_little_memory() {
    let home = Home::with_vault();
    let limit = idle() + GROWTH;
    // Asked for before it is known that nothing could pay for it: the password is there.
    for (name, bytes, code) in imports() {
        // What is read whole, up to 32 MiB, counts by itself.
        let size = u64::try_from(bytes.len()).unwrap() >> 10;
        std::fs::write(home.path(name), bytes).unwrap();
        let arguments = ["import", name, "--password-file", "passphrase", "--dry-run"];
        let output = within(&home, limit + size, &home.options(), &arguments);
        assert_refused(name, &output, code);
    }
    tell(&format!("{} files", imports().len()), limit);
}

#[test]
fn every_other_file_has_an_end_too() {
    let home = Home::with_two();
    let limit = idle() + GROWTH;
    std::fs::create_dir_all(home.path("config/keyfob")).unwrap();
    let run = |what: &str, options: &[String], arguments: &[&str], codes: &[i32]| {
        let output = within(&home, limit, options, arguments);
        let code = output.status.code().unwrap_or(-1);
        assert!(codes.contains(&code), "{what}: {code}, {}", String::from_utf8_lossy(&output.stderr));
    };
    let vault = home.vault_option();
    let all = home.options();
    run("an endless passphrase", &vault, &["list", "--passphrase-file", "/dev/zero"], &[3, 4, 5]);
    run("an endless identity", &vault, &["list", "-i", "/dev/zero"], &[4, 5]);
    run("an endless vault", &[], &["list", "--vault", "/dev/zero"], &[4, 5]);
    run("an endless import", &all, &["import", "/dev/zero"], &[4, 5]);
    run("an endless picture", &all, &["add", "--qr", "/dev/zero"], &[4, 5]);
    run(
        "an endless secret",
        &all,
        &["add", "--issuer", "x", "--account", "y", "--secret-file", "/dev/zero"],
        &[4, 5],
    );
    run(
        "endless recipients",
        &[],
        &["init", "--vault", "new.age", "--recipients-file", "/dev/zero"],
        &[4, 5],
    );
    run("an endless copy", &all, &["merge", "/dev/zero"], &[4, 5]);
    run("an endless backup", &all, &["restore", "/dev/zero"], &[4, 5]);
    for (what, text) in [
        ("deep arrays", "a = ".to_owned() + &"[".repeat(200_000)),
        ("deep tables", "a = ".to_owned() + &"{b = ".repeat(200_000)),
        ("deep keys", "a.".repeat(200_000) + "a = 1"),
        ("a long line", "vault = \"".to_owned() + &"a".repeat(4 << 20)),
    ] {
        std::fs::write(home.path("config/keyfob/config.toml"), text).unwrap();
        run(what, &[], &["config"], &[4, 5]);
    }
    std::fs::remove_file(home.path("config/keyfob/config.toml")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", home.path("config/keyfob/config.toml")).unwrap();
    run("an endless configuration", &[], &["config"], &[4, 5]);
}

/// The limit is one: a cost that is allowed, but not within it, is not paid.
#[test]
fn the_limit_is_felt_by_what_takes_more() {
    let home = Home::empty();
    home.done(&["init", "--work-factor", "17"]);
    let output = within(&home, idle() + GROWTH, &home.options(), &["list"]);
    assert_ne!(output.status.code(), Some(0));
    assert_eq!(home.done(&["list"]), "");
}

/// `MessagePack` as a vault that somebody with a recipient string could make: lengths that nothing follows, and depth.
fn contents() -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &[u8], times: usize| open.repeat(times);
    let whole = |bytes: &[u8]| [&[0x86_u8][..], bytes].concat();
    vec![
        ("an array of 2^32", vec![0xdd, 0xff, 0xff, 0xff, 0xff]),
        ("a map of 2^32", vec![0xdf, 0xff, 0xff, 0xff, 0xff]),
        ("a text of 4 GiB", vec![0xdb, 0xff, 0xff, 0xff, 0xff, b'a']),
        ("bytes of 4 GiB", whole(&[0xa1, b'k', 0xc6, 0xff, 0xff, 0xff, 0xff])),
        ("an extension of 4 GiB", vec![0xc9, 0xff, 0xff, 0xff, 0xff, 1]),
        ("arrays in arrays", deep(&[0x91], 4 << 20)),
        ("maps in maps", deep(&[0x81, 0xa1, b'a'], 2 << 20)),
        ("arrays of 2^32 in such", deep(&[0xdd, 0xff, 0xff, 0xff, 0xff], 1 << 20)),
        ("an array of empty ones", [&[0xdd, 0x00, 0x80, 0x00, 0x00][..], &vec![0x90; 8 << 20]].concat()),
        ("a map of nothing", [&[0xdf, 0x00, 0x40, 0x00, 0x00][..], &vec![0xc0; 8 << 20]].concat()),
    ]
}

const CONTENT: &str = "KEYFOB_BOMB";

/// In a process of its own, where its memory can be measured: `peak` of this program.
#[test]
fn contents_that_promise_too_much_take_little_memory() {
    if let Some(file) = std::env::var_os(CONTENT) {
        let bytes = std::fs::read(file).unwrap();
        let before = own_peak();
        assert!(keyfob::vault::survives(&bytes).is_err());
        assert!(own_peak() < before + GROWTH, "{before} KiB before, {} KiB after", own_peak());
        return;
    }
    let home = Home::empty();
    for (name, bytes) in contents() {
        std::fs::write(home.path("content"), bytes).unwrap();
        let test = "harm::bombs::contents_that_promise_too_much_take_little_memory";
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([test, "--exact"]).env(CONTENT, home.path("content"));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));
        assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"), "{name}");
    }
}

fn own_peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// The file that a bomb is made from is a good one: what is refused is what it asks for.
#[test]
fn the_same_files_without_their_bombs_are_taken() {
    let home = Home::with_vault();
    std::fs::write(home.path("one.txt"), format!("otpauth://totp/a?secret={RFC_SECRET}\n")).unwrap();
    let output = within(&home, idle() + GROWTH, &home.options(), &["import", "one.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
