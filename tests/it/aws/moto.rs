//! The real AWS CLI and moto's server, where both are installed: the ten lines of docs/aws.md. Moto checks no code, so
//! what it was sent is recomputed here.

use super::server::{code, from_base32};
use crate::cli::harness::NOW;
use crate::harness::home::Home;
use crate::harness::{need_program, quoted, say};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// moto's server; it ends with this.
struct Moto {
    child: Child,
    port: u16,
}

impl Moto {
    fn start(program: &Path, record: &Path) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(program)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .env("MOTO_ENABLE_RECORDING", "True")
            .env("MOTO_RECORDER_FILEPATH", record)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut moto = Self { child, port };
        let mut is_gone = false;
        crate::harness::eventually("moto answers", || {
            is_gone = moto.child.try_wait().unwrap().is_some();
            is_gone || TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        if is_gone {
            say("passed over: moto's server does not run");
            return None;
        }
        Some(moto)
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The body of an answer to a call that is not signed: moto does not mind.
    fn ask(&self, body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let head = "POST / HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                    Authorization: AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0\r\n";
        write!(stream, "{head}Host: 127.0.0.1\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The lines of docs/aws.md, with FILE in place and the work factor of tests.
fn lines(home: &Home) -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/aws.md")).unwrap();
    let (_, rest) = text.split_once("each of them run by the tests:\n\n").unwrap();
    let file = home.path("passphrase").display().to_string();
    rest.lines()
        .map_while(|line| line.strip_prefix("    "))
        .map(|line| {
            line.replace("FILE", &quoted(&file)).replace("keyfob init", "keyfob init --work-factor 10")
        })
        .collect()
}

/// The bodies of the requests that were recorded, with this action.
fn sent(record: &Path, action: &str) -> Vec<String> {
    let text = std::fs::read_to_string(record).unwrap();
    let bodies = text.lines().map(|line| {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        String::from_utf8(STANDARD.decode(entry["body"].as_str().unwrap()).unwrap()).unwrap()
    });
    bodies.filter(|body| body.starts_with(&format!("Action={action}&"))).collect()
}

/// A shell of this home, in which `keyfob` is the program under test and `aws` leads to moto.
fn shell(home: &Home, aws: &Path, url: &str, line: &str) -> Command {
    let folder = aws.parent().unwrap();
    let others = std::env::var_os("PATH").unwrap();
    let folders = [home.path("bin"), folder.to_owned()].into_iter().chain(std::env::split_paths(&others));
    let mut shell = Command::new("sh");
    shell.env_clear().envs(home.env()).env("PATH", std::env::join_paths(folders).unwrap());
    // A shim looks for Python in the home folder, which is another one here.
    if folder.ends_with("shims") {
        shell.env("PYENV_ROOT", folder.parent().unwrap());
    }
    shell.env("AWS_ENDPOINT_URL", url).env("KEYFOB_NOW", NOW.to_string());
    shell.current_dir(home.path("")).args(["-c", line]).stdin(Stdio::null());
    shell
}

#[test]
fn the_ten_lines_lead_to_a_call_that_mfa_protects() {
    let (Some(moto), Some(aws)) = (need_program("moto_server"), need_program("aws")) else { return };
    let home = Home::empty();
    let record = home.path("requests");
    let Some(moto) = Moto::start(&moto, &record) else { return };
    assert!(
        moto.ask("Action=CreateUser&Version=2010-05-08&UserName=alice")
            .contains("<UserName>alice</UserName>")
    );
    std::fs::create_dir(home.path("bin")).unwrap();
    std::os::unix::fs::symlink(crate::harness::home::KEYFOB, home.path("bin/keyfob")).unwrap();
    let lines = lines(&home);
    assert_eq!(lines.len(), 10);
    let said = lines.iter().map(|line| {
        // A person is asked for the passphrase; here a file has it.
        let line = line.replacen("keyfob init", "keyfob --passphrase-file passphrase init", 1);
        let line = line.replacen(
            "keyfob aws",
            "keyfob --passphrase-file passphrase aws",
            usize::from(line.starts_with("keyfob aws")),
        );
        let ran = shell(&home, &aws, &moto.url(), &line).output().unwrap();
        let text = String::from_utf8(ran.stdout).unwrap();
        assert!(ran.status.success(), "{line}\n{text}{}", String::from_utf8_lossy(&ran.stderr));
        text
    });
    let said: Vec<String> = said.collect();
    assert!(said[4].contains("mfa_serial = arn:aws:iam::123456789012:mfa/alice"), "{}", said[4]);
    assert!(said[6].contains("Amazon Web Services:alice@123456789012"), "{}", said[6]);
    assert!(said[9].contains("\"Account\": \"123456789012\""), "{}", said[9]);

    // The secret is the one that moto made; what was sent are its codes.
    let listed = moto.ask("Action=ListVirtualMFADevices&Version=2010-05-08");
    let seed = listed.split_once("<Base32StringSeed>").unwrap().1.split('<').next().unwrap();
    let secret = from_base32(std::str::from_utf8(&STANDARD.decode(seed).unwrap()).unwrap());
    let step = NOW / 30;
    let codes = |action: &str, names: [&str; 2], steps: [u64; 2]| {
        let sent = sent(&record, action);
        assert_eq!(sent.len(), 1, "{sent:?}");
        for (name, step) in names.into_iter().zip(steps) {
            let wanted = format!("&{name}={}", code(&secret, step));
            assert!(sent[0].contains(&wanted), "{wanted}: {}", sent[0]);
        }
    };
    codes("EnableMFADevice", ["AuthenticationCode1", "AuthenticationCode2"], [step - 1, step]);
    codes("GetSessionToken", ["TokenCode", "TokenCode"], [step + 1, step + 1]);
}
