//! Command lines that are wrong, help, and where the words go.

use super::harness::{bare, run, said, transcript};
use crate::harness::home::{Home, RFC_SECRET};
use std::process::Stdio;

/// What is typed, and what is said about it.
const CASES: &[(&[&str], &str)] = &[
    (&["--foo"], "! keyfob: --foo: there is no such option\n!   try: keyfob --help\n[2]"),
    (&["list", "--jsn"], "! keyfob: --jsn: there is no such option\n!   try: --json\n[2]"),
    (&["lits"], "! keyfob: command line: there is no command lits\n!   try: keyfob list\n[2]"),
    (&["code"], "! keyfob: code: QUERY is missing\n!   try: keyfob code --help\n[2]"),
    (&["check", "x"], "! keyfob: check: CODE1 is missing\n!   try: keyfob check --help\n[2]"),
    (&["lock"], "! keyfob: lock: a command is missing\n!   try: keyfob lock --help\n[2]"),
    (
        &["add"],
        "! keyfob: add: one of URI or --qr or --secret-file or --generate is missing\n!   try: keyfob add --help\n[2]",
    ),
    (&["edit", "x"], EDIT_WHAT),
    (&["code", "a", "--at"], "! keyfob: --at: its value is missing\n!   try: keyfob code --help\n[2]"),
    (
        &["code", "a", "--at", "noon"],
        "! keyfob: --at: it takes a whole number\n!   try: keyfob code --help\n[2]",
    ),
    (
        &["check", "a", "1", "--window", "9999999"],
        "! keyfob: --window: it takes 0 to 20000\n!   try: keyfob check --help\n[2]",
    ),
    (
        &["init", "--work-factor", "21"],
        "! keyfob: --work-factor: it takes 1 to 20\n!   try: keyfob init --help\n[2]",
    ),
    (
        &["add", "-", "--kind", "motp"],
        "! keyfob: --kind: it takes totp, hotp, steam, hardware\n!   try: keyfob add --help\n[2]",
    ),
    (
        &["code", "a", "--at", "1", "--fresh"],
        "! keyfob: code: --fresh and --at can't go together\n!   try: keyfob code --help\n[2]",
    ),
    (&["code", "a", "b"], "! keyfob: code: one argument too many\n!   try: keyfob code --help\n[2]"),
    (
        &["remove", "a"],
        "! keyfob: remove: nothing is removed without --yes\n!   try: the same with --yes; the device stays in the history\n[2]",
    ),
    (
        &["remove", "a", "--yes", "--json"],
        "! keyfob: --json: remove has no JSON\n!   try: keyfob remove --help\n[2]",
    ),
    (
        &["--read-only", "remove", "a", "--yes"],
        "! keyfob: --read-only: remove writes\n!   try: the same without --read-only\n[2]",
    ),
    (
        &["add", "--generate", "--kind", "steam", "--digits", "6"],
        "! keyfob: --digits: it means nothing for steam devices\n!   try: keyfob add --help\n[2]",
    ),
    (
        &["add", "--generate", "--counter", "1"],
        "! keyfob: --counter: it means nothing for totp devices\n!   try: keyfob add --help\n[2]",
    ),
    (&["add", "--generate", "--digits", "5"], "! keyfob: --digits: a code has 6 to 10 digits\n[2]"),
    (&["add", "--generate", "--period", "0"], "! keyfob: --period: a period is 1 to 300 seconds\n[2]"),
    (
        &["add", "--generate", "--tag", " "],
        "! keyfob: command line: --tag is empty\n!   try: keyfob --help\n[2]",
    ),
    (
        &["export", "-"],
        "! keyfob: export: what goes to standard output can't be read back and proven\n!   try: a file's name\n[2]",
    ),
    (
        &["export", "x", "--format", "zip"],
        "! keyfob: zip: no such format: there are 2fas, aegis, andotp, csv, html, keyfob, migration, uris\n!   try: keyfob export --help\n[2]",
    ),
    (
        &["export", "x", "--format", "uris"],
        "! keyfob: export: uris files hold every secret in clear text\n!   try: the same with --plaintext, or without --format for an encrypted backup\n[2]",
    ),
    (
        &["import", "x", "--format", "zip"],
        "! keyfob: zip: no such format: there are 1password, 2fas, aegis, andotp, authy, aws, bitwarden, cotp, csv, duo, ente, freeotp, freeotp+, freeotp-backup, gauth, html, kdbx, keepass, keyfob, lastpass, migration, otpclient, pass, proton, raivo, steam, stratum, uris, winauth\n!   try: keyfob import --help\n[2]",
    ),
    (
        &["restore"],
        "! keyfob: restore: one of BACKUP or GENERATION is missing\n!   try: keyfob restore --help\n[2]",
    ),
];

#[test]
fn a_wrong_command_line_is_told_in_one_line_and_ends_with_2() {
    let home = Home::empty();
    for (arguments, told) in CASES {
        assert_eq!(said(&home, arguments), *told, "{arguments:?}");
    }
    assert!(!home.vault().exists(), "a wrong command line made a vault");
}

const EDIT_WHAT: &str = "! keyfob: edit: one of --issuer or --account or --serial or --tag or --untag or --note is missing\n!   try: keyfob edit --help\n[2]";

#[test]
fn what_may_be_a_secret_is_not_said_again() {
    let home = Home::empty();
    let uri = format!("otpauth://totp/x?secret={RFC_SECRET}");
    let with = format!("--foo={uri}");
    let misplaced: &[&[&str]] = &[
        &[&uri],
        &["add", "-", &uri],
        &[&with],
        &["add", "-", "--kind", &uri],
        &["code", "a", "--at", &uri],
        &["lock", &uri],
        &["completions", &uri],
        &["init", "--recipient", &uri],
    ];
    for arguments in misplaced {
        let ran = run(&home, arguments, "", &[]);
        assert!(matches!(ran.code, Some(2 | 4)), "{arguments:?}: {ran:?}");
        assert!(ran.stderr.starts_with("keyfob: ") && !ran.stderr.contains("GEZD"), "{arguments:?}: {ran:?}");
    }
}

#[test]
fn standard_input_is_read_for_one_thing_only() {
    let home = Home::empty();
    let twice = |arguments: &[&str]| transcript(&home, &bare(&home, arguments, &[]));
    assert_eq!(
        twice(&["--passphrase-file", "-", "add", "-"]),
        "! keyfob: add: --passphrase-file and URI can't both be read from standard input\n!   try: a file for one of them\n[2]"
    );
    assert_eq!(
        twice(&["import", "-", "--password-file", "-"]),
        "! keyfob: import: FILE and --password-file can't both be read from standard input\n!   try: a file for one of them\n[2]"
    );
    assert_eq!(
        twice(&["export", "x", "--backup-passphrase-file", "-", "--passphrase-file", "-"]),
        "! keyfob: export: --passphrase-file and --backup-passphrase-file can't both be read from standard input\n!   try: a file for one of them\n[2]"
    );
}

#[test]
fn help_and_version_are_no_errors_and_have_examples() {
    let home = Home::empty();
    let version = run(&home, &["--version"], "", &[]);
    assert_eq!(
        (version.code, version.stdout.as_str()),
        (Some(0), concat!("keyfob ", env!("CARGO_PKG_VERSION"), "\n"))
    );
    let commands = "demo init list code add edit remove check import export restore qr merge lock agent config doctor completions man";
    let below = ["", "lock show", "lock passphrase", "lock recipients"];
    let aws = "code credentials exec env enroll resync list unenroll forget".split(' ');
    let aws = aws.filter(|_| cfg!(feature = "aws")).map(|command| format!("aws {command}"));
    let commands = commands.split(' ').chain(below).map(str::to_owned);
    for command in commands.chain(aws) {
        let arguments: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
        let help = run(&home, &arguments, "", &[]);
        assert_eq!(help.code, Some(0), "{command}");
        assert!(help.stdout.contains("Examples:\n  "), "{command}: no examples");
        let examples = help.stdout.split_once("Examples:\n").map_or("", |(_, rest)| rest);
        let example = |line: &&str| line.starts_with("  ");
        for line in examples.lines().take_while(example) {
            assert!(line.starts_with("  ") && line.len() <= 80, "{command}: wrapped at 80 columns: {line}");
        }
        assert!(help.stdout.contains("--passphrase-file"), "{command}: no global options");
        assert_eq!(help.stderr, "", "{command}");
    }
}

#[test]
fn global_options_stand_before_and_after_the_command() {
    let home = Home::with_vault();
    let [_, vault, _, file] = home.options();
    for arguments in [
        vec!["--vault", &vault, "--passphrase-file", &file, "list", "--json"],
        vec!["list", "--json", "--vault", &vault, "--passphrase-file", &file],
        vec!["--json", "list", "--vault", &vault, "--passphrase-file", &file],
    ] {
        assert_eq!(transcript(&home, &bare(&home, &arguments, &[])), "[]\n[0]", "{arguments:?}");
    }
}

#[test]
fn no_identity_is_lost_whatever_side_of_the_command_it_stands_on() {
    let home = Home::with_vault();
    for arguments in [
        ["-i", "one", "list", "-i", "two"],
        ["list", "-i", "one", "-i", "two"],
        ["-i", "one", "-i", "two", "list"],
    ] {
        assert_eq!(said(&home, &arguments), "! keyfob: one: no such file or directory\n[5]", "{arguments:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error_and_a_full_disk_is_one() {
    let home = Home::with_two();
    let mut child = home.command().arg("list").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));

    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = home.command().arg("list").stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "keyfob: standard output: no space left on device\n");
    assert_eq!(output.status.code(), Some(5));
}

#[test]
fn packagers_get_completions_and_manual_pages() {
    let home = Home::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = home.done(&["completions", shell]);
        assert!(script.contains("keyfob") && script.contains("passphrase-file"), "{shell}");
    }
    assert!(home.done(&["man"]).contains(".TH keyfob 1"));
    assert_eq!(said(&home, &["man", "nowhere"]), "! keyfob: nowhere: no such file or directory\n[5]");
    std::fs::create_dir(home.path("man")).unwrap();
    home.done(&["man", "man"]);
    for page in ["keyfob.1", "keyfob-code.1", "keyfob-lock-passphrase.1"] {
        assert!(home.path("man").join(page).is_file(), "{page}");
    }
}
