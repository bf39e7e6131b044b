//! `aws credentials`, `exec` and `env` against a server that checks signatures and codes.

use super::server::{Fault, KEY_ID, code, from_base32};
use super::stage::{ARN, Stage};
use crate::cli::harness::{NOW, run};
use crate::harness::home::{OTHER_SECRET, RFC_SECRET};
use serde_json::Value;

const BASE: [&str; 4] = ["aws", "credentials", "--profile", "base"];

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The code that any authenticator has at this step after now's.
fn code_of(later: u64) -> String {
    code(&from_base32(RFC_SECRET), NOW / 30 + later)
}

#[test]
fn a_session_is_printed_as_a_credential_process_does() {
    let stage = Stage::enrolled();
    let told = json(&stage.done(&BASE));
    assert_eq!(told["Version"], 1);
    assert_eq!(told["SessionToken"], "token&1");
    assert_eq!(told["Expiration"], "2023-11-14T23:13:20Z");
    assert!(told["AccessKeyId"].as_str().unwrap().starts_with("ASIA"));
    assert_eq!(stage.server.sent("GetSessionToken", "SerialNumber"), [ARN]);
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode"), [code_of(0)]);
}

#[test]
fn it_is_kept_until_shortly_before_its_end_and_needs_no_vault_meanwhile() {
    let stage = Stage::enrolled();
    let first = stage.done(&BASE);
    std::fs::rename(stage.home.vault(), stage.home.path("away")).unwrap();
    assert_eq!(stage.done(&BASE), first);
    std::fs::rename(stage.home.path("away"), stage.home.vault()).unwrap();
    // Five minutes before its end it counts as over.
    for (later, calls) in [(3299, 1), (3300, 2)] {
        let now = (NOW + later).to_string();
        assert_eq!(run(&stage.home, &BASE, "", &[("KEYFOB_NOW", &now)]).code, Some(0));
        assert_eq!(stage.server.sent("GetSessionToken", "TokenCode").len(), calls, "{later}");
    }
}

#[test]
fn what_is_kept_is_encrypted_and_only_ours_to_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let stage = Stage::enrolled();
    stage.done(&BASE);
    let kept = std::fs::read_dir(stage.home.path("state/keyfob/aws")).unwrap();
    let files: Vec<_> =
        kept.map(|entry| entry.unwrap().path()).filter(|p| p.extension().unwrap() == "age").collect();
    assert_eq!(files.len(), 1);
    let bytes = std::fs::read(&files[0]).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1\n-> X25519 "));
    assert!(!bytes.windows(6).any(|part| part == b"token&"));
    for file in [&files[0], &stage.home.path("keyfob/cache.key")] {
        assert_eq!(
            std::fs::metadata(file).unwrap().permissions().mode() & 0o777,
            0o600,
            "{}",
            file.display()
        );
    }
    // Without the key it is of no use, and the next one asks again.
    std::fs::remove_file(stage.home.path("keyfob/cache.key")).unwrap();
    stage.done(&BASE);
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode"), [code_of(0), code_of(1)]);
    assert_eq!(stage.done(&["aws", "forget"]), "forgot 1 session\n");
    assert_eq!(stage.done(&["aws", "forget"]), "forgot 0 sessions\n");
}

#[test]
fn without_a_runtime_folder_of_ones_own_nothing_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;
    let stage = Stage::enrolled();
    std::fs::create_dir(stage.home.path("keyfob")).unwrap();
    std::fs::set_permissions(stage.home.path("keyfob"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let ran = stage.run(&BASE);
    assert!(ran.stderr.contains("the session is not kept"), "{}", ran.stderr);
    stage.done(&BASE);
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode").len(), 2);
}

#[test]
fn of_many_that_ask_at_once_one_calls() {
    let stage = Stage::enrolled();
    let told: Vec<String> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..8).map(|_| scope.spawn(|| stage.done(&BASE))).collect();
        asking.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    assert!(told.iter().all(|one| *one == told[0]));
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode").len(), 1);
}

#[test]
fn a_role_is_taken_on_with_the_code() {
    let stage = Stage::enrolled();
    stage.done(&["aws", "credentials", "--profile", "admin", "--duration", "900"]);
    assert_eq!(stage.server.sent("AssumeRole", "TokenCode"), [code_of(0)]);
    assert_eq!(stage.server.sent("AssumeRole", "ExternalId"), ["ext 42"]);
    assert_eq!(stage.server.sent("AssumeRole", "DurationSeconds"), ["900"]);
    // A further role is the session's to take on, without a code.
    stage.done(&[
        "aws",
        "credentials",
        "--profile",
        "admin",
        "--role-arn",
        "arn:aws:iam::123456789012:role/Next",
    ]);
    assert_eq!(stage.server.sent("AssumeRole", "TokenCode"), [code_of(0), code_of(1), String::new()]);
}

#[test]
fn a_spent_step_is_waited_out() {
    let stage = Stage::enrolled();
    stage.done(&["aws", "code", "base"]);
    let ran = stage.run(&BASE);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("waiting 10 seconds"), "{}", ran.stderr);
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode"), [code_of(1)]);
}

#[test]
fn a_code_that_was_used_elsewhere_is_told_from_a_wrong_one() {
    let stage = Stage::enrolled();
    stage.server.state().devices.get_mut(ARN).unwrap().last_step = Some(NOW / 30);
    let ran = stage.run(&BASE);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("somebody else used the first"), "{}", ran.stderr);

    let stage = Stage::enrolled();
    stage.server.state().devices.get_mut(ARN).unwrap().secret = from_base32(OTHER_SECRET);
    let ran = stage.run(&BASE);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("AWS refuses the code"), "{}", ran.stderr);
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode"), [code_of(0), code_of(1)]);
}

#[test]
fn a_wrong_serial_a_wrong_clock_and_wrong_keys_are_told_apart() {
    let stage = Stage::enrolled();
    stage.server.state().devices.clear();
    let ran = stage.run(&BASE);
    assert!(ran.stderr.contains("does not know the serial number"), "{}", ran.stderr);

    let stage = Stage::enrolled();
    stage.server.state().ahead = 300;
    let ran = stage.run(&BASE);
    assert!(ran.stderr.contains("clock is 300 seconds behind that of AWS"), "{}", ran.stderr);
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode").len(), 1);

    let stage = Stage::enrolled();
    stage.server.state().faults = vec![("GetSessionToken", Fault::Denied)];
    let ran = stage.run(&BASE);
    assert!(ran.stderr.contains("AWS does not allow it: User: alice is not authorized"), "{}", ran.stderr);

    let stage = Stage::enrolled();
    let credentials = format!("[base]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = wrong\n");
    std::fs::write(stage.home.path(".aws/credentials"), credentials).unwrap();
    let ran = stage.run(&BASE);
    assert!(ran.stderr.contains("does not take the access key"), "{}", ran.stderr);
    assert_eq!(ran.code, Some(1));

    let stage = Stage::enrolled();
    stage.server.state().faults = vec![("GetSessionToken", Fault::Expired)];
    let ran = stage.run(&BASE);
    assert!(ran.stderr.contains("the session whose keys sign is over"), "{}", ran.stderr);
    assert!(ran.stderr.contains("try: a new session") && ran.code == Some(1), "{}", ran.stderr);
}

#[test]
fn a_code_is_never_sent_twice() {
    // Where the service says that it did nothing the same code goes again, and a few times at most.
    let stage = Stage::enrolled();
    stage.server.state().faults = vec![("GetSessionToken", Fault::Busy), ("GetSessionToken", Fault::Busy)];
    stage.done(&BASE);
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode"), [code_of(0), code_of(0), code_of(0)]);
    // Where nobody knows what it did, none goes.
    for fault in [Fault::Lost, Fault::DoneAndLost, Fault::Nonsense, Fault::Failed] {
        let stage = Stage::enrolled();
        stage.server.state().faults = vec![("GetSessionToken", fault)];
        assert_eq!(stage.run(&BASE).code, Some(5), "{fault:?}");
        assert_eq!(stage.server.sent("GetSessionToken", "TokenCode").len(), 1, "{fault:?}");
        stage.done(&BASE);
        assert_eq!(stage.server.sent("GetSessionToken", "TokenCode"), [code_of(0), code_of(1)], "{fault:?}");
    }
}

#[test]
fn a_service_that_is_not_there_is_tried_a_few_times() {
    let stage = Stage::enrolled();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let ran = run(&stage.home, &BASE, "", &[("AWS_ENDPOINT_URL_STS", &format!("http://{closed}"))]);
    assert_eq!((ran.code, ran.stderr), (Some(5), format!("keyfob: {closed}: connection refused\n")));
    let ran = run(&stage.home, &BASE, "", &[("AWS_ENDPOINT_URL", "http://example.org")]);
    assert_eq!(ran.code, Some(4));
    assert!(ran.stderr.contains("in clear"), "{}", ran.stderr);
}

#[test]
fn what_goes_in_clear_to_this_machine_goes_by_no_proxy() {
    let stage = Stage::enrolled();
    let proxy = Stage::new().server;
    for name in ["HTTPS_PROXY", "http_proxy", "ALL_PROXY"] {
        let ran = run(&stage.home, &BASE, "", &[(name, &proxy.url)]);
        assert_eq!(ran.code, Some(0), "{name}: {}", ran.stderr);
        stage.done(&["aws", "forget"]);
    }
    assert_eq!(stage.server.sent("GetSessionToken", "TokenCode").len(), 3);
    assert!(proxy.state().requests.is_empty());
}

#[test]
fn a_bundle_of_certificates_is_read_whole_and_nothing_is_waited_for() {
    let stage = Stage::enrolled();
    let fifo = stage.home.path("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    for (path, words) in
        [(fifo.to_str().unwrap(), "fifo: "), ("/dev/null", "/dev/null: "), ("gone", "gone: ")]
    {
        let ran = run(&stage.home, &BASE, "", &[("AWS_CA_BUNDLE", path)]);
        assert_eq!(ran.code, Some(5), "{path}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{path}: {}", ran.stderr);
    }
    let config = format!(
        "{}\n# {}",
        std::fs::read_to_string(stage.home.path(".aws/config")).unwrap(),
        "x".repeat(4 << 20)
    );
    std::fs::write(stage.home.path(".aws/config"), config).unwrap();
    let ran = stage.run(&BASE);
    assert_eq!(ran.code, Some(4), "no half of a file is believed: {}", ran.stderr);
    assert!(stage.server.state().requests.is_empty());
}

#[test]
fn a_command_gets_the_session_and_nothing_that_leads_elsewhere() {
    let stage = Stage::enrolled();
    let script =
        "umask; ulimit -c; echo $AWS_ACCESS_KEY_ID $AWS_SESSION_TOKEN $AWS_REGION $AWS_PROFILE; exit 7";
    let line = ["aws", "exec", "--profile", "base", "--", "sh", "-c", script];
    // What keyfob denies itself is not denied the command.
    let own = std::process::Command::new("sh").args(["-c", "umask; ulimit -c"]).output().unwrap();
    let own = String::from_utf8(own.stdout).unwrap();
    let ran = run(&stage.home, &line, "", &[("AWS_PROFILE", "other")]);
    assert_eq!(
        (ran.stdout.as_str(), ran.code),
        (&*format!("{own}ASIA0000000000000001 token&1 eu-west-1\n"), Some(7))
    );
    let ran = stage.run(&["aws", "exec", "--profile", "base", "--", "no such program"]);
    assert_eq!(ran.code, Some(5), "{}", ran.stderr);
}

#[test]
fn a_shell_reads_the_variables() {
    let stage = Stage::enrolled();
    let text = stage.done(&["aws", "env", "--profile", "base"]);
    let shell = std::process::Command::new("sh")
        .args(["-c", &format!("{text}\necho $AWS_SESSION_TOKEN $AWS_SECRET_ACCESS_KEY")])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(shell.stdout).unwrap(), "token&1 secret/1\n");
}

#[test]
fn the_keys_of_the_environment_do_too() {
    let stage = Stage::enrolled();
    let (url, id) = (stage.server.url.clone(), KEY_ID);
    let variables = [
        ("AWS_ACCESS_KEY_ID", id),
        ("AWS_SECRET_ACCESS_KEY", super::server::KEY_SECRET),
        ("AWS_ENDPOINT_URL", &url),
    ];
    let ran = run(&stage.home, &["aws", "credentials", "--serial", ARN], "", &variables);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(stage.server.sent("GetSessionToken", "SerialNumber"), [ARN]);
}

#[test]
fn the_code_of_a_token_that_is_not_here_is_typed() {
    use crate::harness::home::KEYFOB;
    use crate::harness::pty::Exit;
    let stage = Stage::new();
    let token = super::server::Device {
        secret: from_base32(RFC_SECRET),
        user: Some("alice".into()),
        last_step: None,
    };
    stage.server.state().devices.insert("GAHT12345678".into(), token);
    let line = [
        "aws",
        "exec",
        "--profile",
        "base",
        "--serial",
        "GAHT12345678",
        "--",
        "sh",
        "-c",
        "echo $AWS_SESSION_TOKEN",
    ];
    let options = stage.home.options();
    let arguments: Vec<&str> = options.iter().map(String::as_str).chain(line).collect();
    let start = stage.home.terminal(KEYFOB).args(&arguments).env("KEYFOB_NOW", &NOW.to_string());
    let mut pty = start.start();
    pty.wait_text("Code:");
    pty.type_text("000000\r");
    pty.wait_text("it was mistyped, or used before");
    pty.type_text(&format!("{}\r", code_of(0)));
    assert_eq!(pty.wait_exit(), Exit::Code(0), "{}", pty.text());
    assert!(pty.text().ends_with("token&1"), "{}", pty.text());
    assert!(!pty.text().contains("somebody else"), "a typing error is nobody's theft: {}", pty.text());
    pty.assert_restored();
}

#[test]
fn the_code_of_a_token_that_is_kept_here_is_typed() {
    use crate::harness::home::KEYFOB;
    use crate::harness::pty::Exit;
    let stage = Stage::new();
    stage.done(&["add", "--kind", "hardware", "--serial", "GAHT12345678", "--issuer", "AWS"]);
    let options = stage.home.options();
    let arguments: Vec<&str> = options.iter().map(String::as_str).chain(["aws", "code", "AWS"]).collect();
    let mut pty = stage.home.terminal(KEYFOB).args(&arguments).start();
    pty.wait_text("AWS: its code is on the token GAHT12345678");
    pty.wait_text("Code:");
    pty.type_text("123 456\r");
    assert_eq!(pty.wait_exit(), Exit::Code(0), "{}", pty.text());
    assert!(pty.text().ends_with("123456"), "{}", pty.text());
}

#[test]
fn keyfob_never_asks_itself() {
    let stage = Stage::enrolled();
    stage.config("[profile loop]\ncredential_process = keyfob aws credentials --profile loop\n");
    let ran = stage.run(&["aws", "credentials", "--profile", "loop"]);
    assert!(ran.stderr.contains("which would ask itself"), "{}", ran.stderr);
    let ran = run(&stage.home, &BASE, "", &[("KEYFOB_AWS_INSIDE", "1")]);
    assert!(ran.stderr.contains("leads back to keyfob"), "{}", ran.stderr);
    assert!(stage.server.state().requests.is_empty());
}

#[test]
fn the_aws_cli_is_asked_where_only_it_knows() {
    let stage = Stage::enrolled();
    stage.config(&format!(
        "[profile sso]\nsso_session = s\nmfa_serial = {ARN}\nendpoint_url = {}\n",
        stage.server.url
    ));
    let folder = stage.home.path("bin");
    std::fs::create_dir(&folder).unwrap();
    let path = folder.display().to_string();
    let sso = ["aws", "credentials", "--profile", "sso"];
    let ran = run(&stage.home, &sso, "", &[("PATH", &path)]);
    assert!(ran.stderr.contains("only the AWS CLI knows to ask"), "{}", ran.stderr);
    let answer = format!(
        "#!/bin/sh\n[ \"$*\" = 'configure export-credentials --format process --profile sso' ] || exit 1\n\
         [ $KEYFOB_AWS_INSIDE ] || exit 2\n\
         echo '{{\"Version\":1,\"AccessKeyId\":\"{KEY_ID}\",\"SecretAccessKey\":\"{}\"}}'\n",
        super::server::KEY_SECRET
    );
    crate::harness::write_script(&folder.join("aws"), &answer);
    let ran = run(&stage.home, &sso, "", &[("PATH", &path)]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    crate::harness::write_script(&folder.join("aws"), "#!/bin/sh\nexit 255\n");
    let ran = run(
        &stage.home,
        &["aws", "credentials", "--profile", "sso", "--duration", "900"],
        "",
        &[("PATH", &path)],
    );
    assert!(ran.stderr.contains("did not hand out its keys\n"), "{}", ran.stderr);
    // What it says of that is told in one line, however much it says.
    let talks = "#!/bin/sh\nprintf 'usage: aws [options]\\n\\naws: error: no \\033[31msuch token\\n\\n list | get\\n' >&2; exit 2\n";
    crate::harness::write_script(&folder.join("aws"), talks);
    let ran = run(&stage.home, &sso, "", &[("PATH", &path), ("KEYFOB_NOW", "1800000000")]);
    assert!(
        ran.stderr.contains("its keys: aws: error: no ") && ran.stderr.contains("such token\n  try: "),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains(['\u{1b}']) && !ran.stderr.contains("usage"), "{}", ran.stderr);
}
