//! The devices of `demo`. Their secrets are made up.

use crate::device::{Candidate, otpauth};
use crate::text::Text;
use crate::vault::Change;

const DEVICES: [&str; 9] = [
    "otpauth://totp/Amazon%20Web%20Services:root@acme-prod?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX2&issuer=Amazon%20Web%20Services",
    "otpauth://totp/Amazon%20Web%20Services:alice@acme-dev?secret=KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU&issuer=Amazon%20Web%20Services",
    "otpauth://totp/Cloudflare:ops@acme.example?secret=MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK&issuer=Cloudflare",
    "otpauth://totp/GitHub:alice?secret=NBSWY3DPO5XXE3DENBSWY3DPO5XXE3DE&issuer=GitHub",
    "otpauth://totp/GitLab:alice?secret=ORUGS4ZANFZSAYJAORUGS4ZANFZSAYJA&issuer=GitLab&digits=8&period=60",
    "otpauth://totp/PyPI:alice?secret=ONSWG4TFOQQGC43DONSWG4TFOQQGC43D&issuer=PyPI&algorithm=SHA256",
    "otpauth://steam/Steam:alice_games?secret=PFXXKIDDMFXCA4TFPFXXKIDDMFXCA4TF&issuer=Steam",
    "otpauth://hotp/VPN:alice?secret=MNXW45DFNZ2CAZTPMNXW45DFNZ2CAZTP&issuer=VPN&counter=118",
    "otpauth://totp/Zulip:alice@acme.example?secret=OJSWCZBANV4SA53POJSWCZBANV4SA53P&issuer=Zulip",
];

/// The changes that add them.
pub fn changes() -> Vec<Change> {
    let devices = DEVICES.iter().filter_map(|uri| otpauth::parse(uri).ok());
    devices.map(|candidate| Change::Add(Box::new(with_serial(candidate)))).collect()
}

/// What AWS calls one of them: its ARN is taken apart in the details.
fn with_serial(mut candidate: Candidate) -> Candidate {
    if candidate.account.raw() == "alice@acme-dev" {
        candidate.serial = Text::line("arn:aws:iam::123456789012:mfa/alice").ok();
        candidate.tags = ["aws", "work"].iter().filter_map(|tag| Text::line(tag).ok()).collect();
    }
    if candidate.account.raw().contains("acme") && candidate.tags.is_empty() {
        candidate.tags = Text::line("work").into_iter().collect();
    }
    candidate
}
