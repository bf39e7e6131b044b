//! The answers of moto's server that are among the samples, each as whoever asked reads it.

use crate::harness::samples::samples;
use keyfob::aws::{
    Answer, Begin, CallError, Client, Endpoint, Hints, Iam, Keys, Mfa, NoAnswer, Owned, Request, Role,
    Service, Why, Wire,
};
use keyfob::clock::FixedClock;
use keyfob::otp::Code;
use serde_json::Value;
use zeroize::Zeroizing;

/// Answers everything with one answer.
struct Recorded(u16, String);

impl Wire for Recorded {
    fn send(&self, _: &Endpoint, _: &Request) -> Result<Answer, NoAnswer> {
        Ok(Answer { status: self.0, date: None, body: Zeroizing::new(self.1.clone().into_bytes()) })
    }
}

const SERIAL: &str = "arn:aws:iam::123456789012:mfa/alice-Base32StringSeed-1";
const OWNED: Owned<'_> = Owned { user: "alice", serial: SERIAL };

fn two_codes() -> [Code; 2] {
    ["025123", "123456"].map(|code| Code::parse(code, &keyfob::otp::Method::TOTP).unwrap())
}

/// What came of a call in words, whatever it was.
fn told(iam: &Iam<'_>, action: &str, sts: &Endpoint, keys: &Keys) -> Result<String, CallError> {
    let mfa = Some(Mfa { serial: SERIAL, code: "123456" });
    let role = Role { arn: "r".into(), session_name: None, external_id: None, duration: None };
    let serials = |listed: Vec<keyfob::aws::Listed>| {
        listed.into_iter().map(|one| one.serial).collect::<Vec<_>>().join(" ")
    };
    Ok(match action {
        "CreateVirtualMFADevice" => {
            let made = iam.create("x")?;
            format!("{} {}", made.serial, made.secret.expose(<[u8]>::len))
        }
        "EnableMFADevice" => format!("{:?}", iam.enable(OWNED, &two_codes())?),
        "ResyncMFADevice" => format!("{:?}", iam.resync(OWNED, &two_codes())?),
        "ListMFADevices" => serials(iam.devices_of("alice")?),
        "ListVirtualMFADevices" => serials(iam.unassigned()?),
        "DeactivateMFADevice" => format!("{:?}", iam.deactivate(OWNED)?),
        "DeleteVirtualMFADevice" => format!("{:?}", iam.delete(SERIAL)?),
        "GetCallerIdentity" => iam.client.caller(sts, keys)?,
        "GetSessionToken" => iam.client.begin(sts, keys, Begin::Session(None), mfa)?.expiration(),
        "AssumeRole" => iam.client.begin(sts, keys, Begin::Role(&role), mfa)?.expiration(),
        other => panic!("{other} is asked by nobody"),
    })
}

#[test]
fn every_recorded_answer_is_read() {
    let Some(folder) = samples("aws") else { return };
    let text = std::fs::read_to_string(folder.join("moto/requests.json")).unwrap();
    let recorded: Vec<Value> = serde_json::from_str(&text).unwrap();
    let clock = FixedClock::at(1_764_000_000);
    let [iam, sts] = [Service::Iam, Service::Sts].map(|one| Endpoint::of(one, Hints::default()).unwrap());
    let keys = Keys { id: "AKIA".into(), secret: Zeroizing::new("s".into()), token: None };
    let mut read = 0;
    for entry in &recorded {
        let body = entry["body"].as_str().unwrap();
        let action = body.strip_prefix("Action=").unwrap().split('&').next().unwrap();
        if action == "CreateUser" {
            continue;
        }
        let status: u16 = entry["status"].as_u64().unwrap().try_into().unwrap();
        let wire = Recorded(status, entry["response"].as_str().unwrap().to_owned());
        let client = Client { wire: &wire, clock: &clock, pause: Box::new(|_| ()) };
        let came = told(&Iam { client, endpoint: &iam, keys: &keys }, action, &sts, &keys);
        match (status, came) {
            (200, Ok(told)) => {
                let wanted = match action {
                    "CreateVirtualMFADevice" => "arn:aws:iam::123456789012:mfa/alice-",
                    "ListMFADevices" | "ListVirtualMFADevices" => "arn:aws:iam::123456789012:mfa/",
                    "GetCallerIdentity" => "arn:aws:",
                    "GetSessionToken" | "AssumeRole" => "2026-11-24T",
                    _ => "()",
                };
                assert!(told.starts_with(wanted), "{action}: {told}");
            }
            (409, Err(CallError::Refused(refusal))) => assert_eq!(refusal.why, Why::Exists),
            (500, Err(CallError::Refused(refusal))) => assert_eq!(refusal.why, Why::Other),
            (status, came) => panic!("{action} {status}: {came:?}"),
        }
        read += 1;
    }
    assert!(read >= 17, "{read}");
}
