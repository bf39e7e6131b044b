//! What is typed, and what is configured.

use super::{lossy, secrecy};
use keyfob::app::Message;
use keyfob::clock::UnixTime;
use keyfob::device::{Candidate, Device, DeviceId, query};
use keyfob::otp::Secret;
use keyfob::terminal::input::Parser;
use keyfob::text::{Text, ascii, cut_end, cut_middle, escape_json, safe, safe_lines, width, wrap};

/// `config.toml`: what is wrong is told in one sentence.
pub fn config(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(explanation) = keyfob::cli::check_config(text) {
        let said = [explanation.message, explanation.hint.unwrap_or_default()].concat();
        assert!(!said.is_empty() && !said.chars().any(char::is_control), "{said:?}");
    }
}

/// `~/.aws/config` and `~/.aws/credentials`.
pub fn aws_config(bytes: &[u8]) {
    let text = lossy(bytes);
    let (config, credentials) = text.split_once('\u{1}').unwrap_or((&text, ""));
    match keyfob::aws::Config::parse(config, credentials) {
        Ok(config) => {
            for profile in config.profiles() {
                let _ = (profile.get("region"), profile.get("mfa_serial"), profile.endpoint_url("sts"));
            }
            let _ = config.serial_of("default");
        }
        Err(error) => secrecy::silent(&format!("{error} {error:?}"), bytes),
    }
}

/// What AWS answers.
pub fn aws_answer(bytes: &[u8]) {
    let text = lossy(bytes);
    let Some(answer) = keyfob::aws::Element::parse(&text) else { return };
    assert!(!answer.name().is_empty());
    for member in answer.members(&["ListMFADevicesResult", "MFADevices"]) {
        // What is read was there, written out or not.
        assert!(member.text(&["SerialNumber"]).is_none_or(|serial| serial.len() <= text.len()));
    }
}

/// What a terminal sends means the same in whatever pieces it comes, and after silence nothing is awaited.
pub fn keys(bytes: &[u8]) {
    let whole = messages(&[bytes]);
    let (one, other) = bytes.split_at(bytes.len() / 2);
    assert_eq!(messages(&[one, other]), whole);
    let each: Vec<&[u8]> = bytes.chunks(1).collect();
    assert_eq!(messages(&each), whole);
}

fn messages(pieces: &[&[u8]]) -> Vec<String> {
    let mut parser = Parser::default();
    let mut seen = Vec::new();
    let mut see = |message: Message| {
        seen.push(match message {
            Message::Paste(text) => format!("paste {:?}", *text),
            Message::Key(press) => format!("{:?} {} {}", press.key, press.ctrl, press.alt),
            other => format!("{other:?}"),
        });
    };
    for piece in pieces {
        parser.feed(piece, &mut see);
    }
    if parser.patience().is_some() {
        parser.silence(&mut see);
    }
    assert_eq!(parser.patience(), None);
    seen
}

/// Text from outside: harmless once it is safe, and as wide as it says.
pub fn text(bytes: &[u8]) {
    let text = lossy(bytes);
    let shown = safe(&text);
    assert!(!shown.chars().any(char::is_control), "{shown:?}");
    assert_eq!(safe(&shown), shown);
    assert!(ascii(&shown).is_ascii());
    for cells in [0, 1, 7, 40] {
        assert!(width(&cut_end(&shown, cells)) <= cells);
        assert!(width(&cut_middle(&shown, cells)) <= cells);
        let lines = wrap(&shown, cells);
        let words = lines.iter().flat_map(|line| line.split(' ')).filter(|word| !word.is_empty());
        assert!(
            words.eq(shown.split(' ').filter(|word| !word.is_empty())),
            "{shown:?} in {cells}: {lines:?}"
        );
        // A word that is wider stands alone.
        assert!(
            lines.iter().all(|line| width(line) <= cells || !line.trim_start().contains(' ')),
            "{lines:?}"
        );
    }
    assert!(safe_lines(&text).all(|line| !line.chars().any(char::is_control)));
    assert!(
        escape_json(&text).chars().filter(|letter| letter.is_control()).all(|letter| text.contains(letter))
    );
    if let Ok(line) = Text::line(&text) {
        assert_eq!(line.to_string(), safe(line.raw()));
    }
}

/// What people type to name a device.
pub fn query(bytes: &[u8]) {
    let text = lossy(bytes);
    let mut candidate = Candidate::bare(Secret::from_bytes(&[7; 20]).unwrap());
    let (issuer, account) = text.split_once('\n').unwrap_or((&text, ""));
    let (Ok(issuer), Ok(account)) = (Text::line(issuer), Text::line(account)) else { return };
    candidate.issuer = issuer;
    candidate.account = account;
    let device: Device = candidate.into_device(DeviceId(uuid::Uuid::nil()), UnixTime(0));
    let _ = query::pick([&device].into_iter(), &text);
    let _ = query::pick_by_serial([&device].into_iter(), &text);
    let _ = query::matches(&device, &text);
    let label = device.label();
    if !label.is_empty() {
        assert!(query::matches(&device, ""), "nothing is asked for, and {label:?} is left out");
    }
}
