//! Pictures on the command line.

use super::paint::Paint;
use super::read;
use crate::cli::harness::said;
use crate::harness::home::{Home, KEYFOB, OTHER_SECRET, RFC_SECRET, uri};
use crate::harness::pty::Exit;
use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

fn picture(home: &Home, name: &str, picture: &Paint) {
    std::fs::write(home.path(name), picture.png()).unwrap();
}

fn one(home: &Home, name: &str, text: &str) {
    picture(home, name, &Paint::code(text, 4));
}

fn two(home: &Home, name: &str, texts: [&str; 2]) {
    let sheet = Paint::sheet(1000, 400, 255);
    picture(
        home,
        name,
        &sheet.with(&Paint::code(texts[0], 4), 20, 20).with(&Paint::code(texts[1], 4), 500, 20),
    );
}

#[test]
fn a_device_comes_out_of_a_picture() {
    let home = Home::with_vault();
    one(&home, "a.png", &uri("GitHub", "alice", RFC_SECRET));
    assert_eq!(said(&home, &["add", "--qr", "a.png"]), "added GitHub:alice (ID)\n[0]");
    let again = "! keyfob: GitHub:alice: its secret belongs to GitHub:alice already\n[4]";
    assert_eq!(said(&home, &["add", "--qr", "a.png"]), again);
    one(&home, "b.png", &uri("GitHub", "bob", OTHER_SECRET));
    assert_eq!(
        said(&home, &["add", "--qr", "b.png", "--issuer", "Lab", "--tag", "work"]),
        "added Lab:bob (ID)\n[0]"
    );
    assert_eq!(home.json(&["list", "work"])[0]["account"], "bob");
}

#[test]
fn a_picture_comes_on_standard_input() {
    let home = Home::with_vault();
    one(&home, "a.png", &uri("GitHub", "alice", RFC_SECRET));
    let mut command = home.command();
    command.args(["add", "--qr", "-"]).stdin(std::fs::File::open(home.path("a.png")).unwrap());
    let output = command.stderr(Stdio::piped()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(home.accounts(), ["alice"]);
}

#[test]
fn all_the_devices_of_a_picture_are_added_in_one_save() {
    let home = Home::with_vault();
    let uris = [uri("AWS", "alice", RFC_SECRET), uri("AWS", "bob", OTHER_SECRET)];
    two(&home, "two.png", [&uris[0], &uris[1]]);
    let named = "! keyfob: --issuer: it names one device, and there are 2\n!   try: keyfob edit QUERY, once they are added\n[2]";
    assert_eq!(said(&home, &["add", "--qr", "two.png", "--issuer", "I"]), named);
    assert_eq!(
        said(&home, &["add", "--qr", "two.png", "--tag", "work"]),
        "added 2 devices, 0 there already, 0 refused\n[0]"
    );
    let told = home.json(&["add", "--qr", "two.png"]);
    assert_eq!((&told["format"], &told["duplicate"]), (&"picture".into(), &2.into()));
    assert_eq!(home.json(&["list", "work"]).as_array().unwrap().len(), 2);
    let generations = said(&home, &["restore", "--list"]);
    assert_eq!(generations.lines().filter(|line| line.contains("before import")).count(), 1, "{generations}");
}

#[test]
fn a_code_that_is_no_device_is_named_beside_one_that_is() {
    let home = Home::with_vault();
    two(&home, "mixed.png", ["https://example.com/a/page", &uri("AWS", "alice", RFC_SECRET)]);
    let told = home.json(&["import", "mixed.png"]);
    assert_eq!((&told["new"], &told["refused"]), (&1.into(), &1.into()));
    one(&home, "web.png", "https://example.com/login");
    let web = "! keyfob: web.png: its QR code holds a web address, not a device; it was not opened\n[4]";
    assert_eq!(said(&home, &["add", "--qr", "web.png"]), web);
    assert_eq!(said(&home, &["import", "web.png"]), web);
    one(&home, "other.png", "WIFI:S:guest;;");
    let other = "! keyfob: other.png: its QR code holds something else than a device\n[4]";
    assert_eq!(said(&home, &["add", "--qr", "other.png"]), other);
}

#[test]
fn import_takes_pictures_whatever_they_are_called() {
    let home = Home::with_vault();
    one(&home, "shot.json", &uri("AWS", "alice", RFC_SECRET));
    std::fs::write(home.path("uris.txt"), uri("AWS", "bob", OTHER_SECRET)).unwrap();
    let told = home.json(&["import", "shot.json", "uris.txt"]);
    assert_eq!((&told["format"], &told["new"]), (&"mixed".into(), &2.into()));
    assert_eq!(told["devices"][0]["place"], "QR code 1");
}

#[test]
fn a_picture_that_is_no_use_is_told_in_a_sentence() {
    let home = Home::with_vault();
    picture(&home, "white.png", &Paint::sheet(200, 200, 255));
    std::fs::write(home.path("text.png"), "otpauth").unwrap();
    let cut = &Paint::code("a", 4).png()[..90];
    std::fs::write(home.path("cut.png"), cut).unwrap();
    let cases = [
        (
            "white.png",
            "no QR code was found in it\n!   try: a sharper or larger picture of the code, with a light margin around it",
        ),
        ("text.png", "it is no picture that is known (PNG, JPEG, WebP, GIF, BMP)"),
        ("cut.png", "the picture is damaged or cut short"),
    ];
    for (name, why) in cases {
        assert_eq!(said(&home, &["add", "--qr", name]), format!("! keyfob: {name}: {why}\n[4]"));
    }
    let missing = said(&home, &["add", "--qr", "gone.png"]);
    assert!(missing.starts_with("! keyfob: gone.png: ") && missing.ends_with("[5]"), "{missing}");
}

#[test]
fn a_code_goes_to_files_that_only_their_owner_reads_and_replaces_none() {
    let home = Home::with_two();
    let png = home.path("a.png");
    let told = said(&home, &["qr", "alice", "--png", "a.png", "--svg", "a.svg"]);
    assert!(told.starts_with("wrote the QR code of AWS:alice to a.png ("), "{told}");
    assert!(told.contains("! keyfob: note: the secret is in it in clear text"), "{told}");
    assert_eq!(read(&std::fs::read(&png).unwrap()), Ok(vec![uri("AWS", "alice", RFC_SECRET)]));
    for name in ["a.png", "a.svg"] {
        assert_eq!(home.path(name).metadata().unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    let before = std::fs::read(&png).unwrap();
    let refused = said(&home, &["qr", "bob", "--png", "a.png"]);
    assert!(
        refused.starts_with("! keyfob: a.png: there is a file already") && refused.ends_with("[5]"),
        "{refused}"
    );
    assert_eq!(std::fs::read(&png).unwrap(), before);
}

#[test]
fn a_code_is_shown_to_terminals_alone_and_never_read_only() {
    let home = Home::with_two();
    let hidden = "! keyfob: qr: it shows a secret, and standard output is no terminal\n!   try: keyfob qr QUERY --png FILE, or --svg FILE\n[2]";
    assert_eq!(said(&home, &["qr", "alice"]), hidden);
    assert_eq!(said(&home, &["qr", "alice", "--png", "-"]), hidden);
    let read_only = "! keyfob: --read-only: qr shows a secret\n!   try: the same without --read-only\n[2]";
    assert_eq!(said(&home, &["--read-only", "qr", "alice", "--png", "a.png"]), read_only);
    let nobody = said(&home, &["qr", "nobody", "--png", "a.png"]);
    assert!(nobody.ends_with("[1]") && !home.path("a.png").exists(), "{nobody}");
}

#[test]
fn a_code_is_drawn_where_it_fits_and_told_where_it_does_not() {
    let home = Home::with_two();
    let arguments: Vec<String> = home.options().into_iter().chain(["qr".into(), "alice".into()]).collect();
    let mut pty = home.terminal(KEYFOB).args(&arguments).size(80, 24).start();
    assert_eq!(pty.wait_exit(), Exit::Code(0));
    assert!(String::from_utf8_lossy(pty.raw()).contains("\x1b[38;5;16;48;5;231m"));
    assert!(pty.text().contains("█▀▀▀▀▀█"), "{}", pty.text());
    let mut small = home.terminal(KEYFOB).args(&arguments).size(80, 15).start();
    assert_eq!(small.wait_exit(), Exit::Code(5));
    let told = small.text();
    assert!(told.contains("keyfob: QR code: it takes ") && told.contains("the terminal has 80x15"), "{told}");
}
