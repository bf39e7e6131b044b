//! STS and IAM as far as keyfob calls them: signatures and codes are checked, a code is taken once, and each call can be
//! made to fail. What it computes, it computes by itself.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

pub const KEY_ID: &str = "AKIAIOSFODNN7EXAMPLE";
pub const KEY_SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
pub const ACCOUNT: &str = "123456789012";

/// What happens instead of an answer.
#[derive(Clone, Copy, Debug)]
pub enum Fault {
    /// The connection ends before anything is done.
    Lost,
    /// It is done, and the connection ends before it is said.
    DoneAndLost,
    /// 503.
    Busy,
    /// 500.
    Failed,
    /// The keys are those of a session that is over.
    Expired,
    /// The user may not.
    Denied,
    /// What comes is no answer of AWS's.
    Nonsense,
    /// The user may not, in words that would do something to a terminal.
    Hostile,
}

/// A virtual MFA device.
#[derive(Clone, Debug, Default)]
pub struct Device {
    pub secret: Vec<u8>,
    pub user: Option<String>,
    pub last_step: Option<u64>,
}

#[derive(Default)]
pub struct State {
    /// The parameters of each request, in their order.
    pub requests: Vec<BTreeMap<String, String>>,
    pub devices: BTreeMap<String, Device>,
    /// What happens to the next calls of an action.
    pub faults: Vec<(&'static str, Fault)>,
    /// The same for calls that come after the first of another action.
    pub later: Vec<(&'static str, &'static str, Fault)>,
    /// Whose keys these are, instead of alice's.
    pub caller: Option<&'static str>,
    /// Whether nothing is ever answered.
    pub is_silent: bool,
    /// How many seconds this clock is ahead.
    pub ahead: i64,
    /// The secrets of the keys that sign, by id.
    keys: BTreeMap<String, (String, String)>,
    sessions: u32,
    /// The secrets that new devices get.
    pub seeds: VecDeque<&'static str>,
}

pub struct Server {
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let keys = BTreeMap::from([(KEY_ID.to_owned(), (KEY_SECRET.to_owned(), String::new()))]);
        let state = Arc::new(Mutex::new(State { keys, ..State::default() }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A client that is killed is no concern of the server's.
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || drop(serve(&stream, &shared)));
            }
        });
        Self { url, state }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The values of one parameter in all requests of an action.
    pub fn sent(&self, action: &str, name: &str) -> Vec<String> {
        let state = self.state();
        let of_action = state.requests.iter().filter(|request| request["Action"] == action);
        of_action.map(|request| request.get(name).cloned().unwrap_or_default()).collect()
    }
}

struct Request {
    path: String,
    headers: BTreeMap<String, String>,
    body: String,
}

fn serve(stream: &TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader)? {
        if state.lock().unwrap().is_silent {
            continue;
        }
        let Some(answer) = state.lock().unwrap().answer(&request) else { return Ok(()) };
        let mut stream = stream;
        stream.write_all(answer.as_bytes())?;
    }
    Ok(())
}

fn read(reader: &mut impl BufRead) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let path = line.split(' ').nth(1).unwrap().to_owned();
    let mut headers = BTreeMap::new();
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length: usize = headers["content-length"].parse().unwrap();
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(Some(Request { path, headers, body: String::from_utf8(body).unwrap() }))
}

type Refused = (u16, &'static str, &'static str);

impl State {
    /// The whole HTTP answer; none: the connection ends.
    fn answer(&mut self, request: &Request) -> Option<String> {
        let parameters: BTreeMap<String, String> = request.body.split('&').map(pair).collect();
        let action = parameters["Action"].clone();
        let now = unix(&request.headers["x-amz-date"]);
        self.requests.push(parameters.clone());
        let fault = self.faults.iter().position(|(of, _)| *of == action);
        let fault = fault.map(|at| self.faults.remove(at).1);
        self.later.retain(|(after, of, fault)| {
            let is_due = *after == action;
            if is_due {
                self.faults.push((of, *fault));
            }
            !is_due
        });
        let (status, body) = match fault {
            Some(Fault::Lost) => return None,
            Some(Fault::Busy) => error(503, "ServiceUnavailable", "try later"),
            Some(Fault::Failed) => error(500, "ServiceFailure", "try later"),
            Some(Fault::Expired) => {
                error(403, "ExpiredToken", "The security token included in the request is expired")
            }
            Some(Fault::Denied) => error(403, "AccessDenied", "User: alice is not authorized"),
            Some(Fault::Hostile) => {
                error(403, "AccessDenied", "&#27;]0;EVIL&#7; &#x9b;31m &#x202e;not authorized")
            }
            Some(Fault::Nonsense) => (200, "<html>a proxy's login</html>".to_owned()),
            Some(Fault::DoneAndLost) | None => {
                let done = self.signed_by(request).and_then(|()| self.act(&action, &parameters, now));
                match done {
                    Ok(result) => (
                        200,
                        format!(
                            "<?xml version=\"1.0\"?>\n<{action}Response xmlns=\"x\"><{action}Result>{result}</{action}Result></{action}Response>"
                        ),
                    ),
                    Err((status, code, message)) => error(status, code, message),
                }
            }
        };
        if matches!(fault, Some(Fault::DoneAndLost)) {
            return None;
        }
        let date = http_date(now.saturating_add_signed(self.ahead));
        Some(format!("HTTP/1.1 {status} X\r\nDate: {date}\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
    }

    fn act(&mut self, action: &str, p: &BTreeMap<String, String>, now: u64) -> Result<String, Refused> {
        let now = now.saturating_add_signed(self.ahead);
        match action {
            "GetSessionToken" | "AssumeRole" => {
                if let Some(serial) = p.get("SerialNumber") {
                    self.spend(serial, &p["TokenCode"], now)?;
                }
                let seconds: u64 = p.get("DurationSeconds").map_or(3600, |text| text.parse().unwrap());
                Ok(self.session(now + seconds))
            }
            "GetCallerIdentity" => {
                let alice = format!("arn:aws:iam::{ACCOUNT}:user/team/alice");
                Ok(format!("<Arn>{}</Arn>", self.caller.unwrap_or(&alice)))
            }
            other => self.act_on_devices(other, p, now),
        }
    }

    fn act_on_devices(
        &mut self,
        action: &str,
        p: &BTreeMap<String, String>,
        now: u64,
    ) -> Result<String, Refused> {
        const MISSING: Refused = (404, "NoSuchEntity", "no such device");
        match action {
            "CreateVirtualMFADevice" => {
                let serial = format!("arn:aws:iam::{ACCOUNT}:mfa/{}", p["VirtualMFADeviceName"]);
                if self.devices.contains_key(&serial) {
                    return Err((
                        409,
                        "EntityAlreadyExists",
                        "MFADevice entity at the same path already exists",
                    ));
                }
                let seed = self.seeds.pop_front().unwrap();
                let device = Device { secret: from_base32(seed), ..Device::default() };
                self.devices.insert(serial.clone(), device);
                Ok(format!(
                    "<VirtualMFADevice><SerialNumber>{serial}</SerialNumber><Base32StringSeed>{}</Base32StringSeed></VirtualMFADevice>",
                    to_base64(seed.as_bytes())
                ))
            }
            "EnableMFADevice" | "ResyncMFADevice" => {
                let device = self.devices.get_mut(&p["SerialNumber"]).ok_or(MISSING)?;
                let two = [&p["AuthenticationCode1"], &p["AuthenticationCode2"]];
                let fits =
                    |step: &u64| two == [&code(&device.secret, step - 1), &code(&device.secret, *step)];
                let step = (now / 30 - 1..=now / 30 + 1).find(fits);
                let step = step.ok_or((
                    403,
                    "InvalidAuthenticationCode",
                    "Authentication code for device is not valid",
                ))?;
                device.user = Some(p["UserName"].clone());
                device.last_step = Some(step);
                Ok(String::new())
            }
            "DeactivateMFADevice" => {
                let device = self.devices.get_mut(&p["SerialNumber"]).ok_or(MISSING)?;
                device.user.take().map(|_| String::new()).ok_or(MISSING)
            }
            "DeleteVirtualMFADevice" => {
                self.devices.remove(&p["SerialNumber"]).map(|_| String::new()).ok_or(MISSING)
            }
            "ListMFADevices" | "ListVirtualMFADevices" => {
                // Whose devices: a user's, or nobody's.
                let user = p.get("UserName");
                let wanted = self.devices.iter().filter(|(_, device)| device.user.as_ref() == user);
                let members = wanted.map(|(serial, device)| {
                    let date =
                        device.user.as_ref().map_or("", |_| "<EnableDate>2023-11-14T22:13:20Z</EnableDate>");
                    format!("<member><SerialNumber>{serial}</SerialNumber>{date}</member>")
                });
                let name = if user.is_some() { "MFADevices" } else { "VirtualMFADevices" };
                let members: Vec<String> = members.collect();
                Ok(format!("<{name}>{}</{name}><IsTruncated>false</IsTruncated>", members.concat()))
            }
            _ => Err((400, "InvalidAction", "no such action")),
        }
    }

    /// Takes a code, once.
    fn spend(&mut self, serial: &str, typed: &str, now: u64) -> Result<(), Refused> {
        let unknown = (
            403,
            "AccessDenied",
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
        );
        let wrong =
            (403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
        let device = self.devices.get_mut(serial).filter(|device| device.user.is_some()).ok_or(unknown)?;
        let fits = |step: &u64| code(&device.secret, *step) == typed;
        let step = (now / 30 - 1..=now / 30 + 1).find(fits).ok_or(wrong)?;
        if device.last_step.is_some_and(|last| step <= last) {
            return Err(wrong);
        }
        device.last_step = Some(step);
        Ok(())
    }

    fn session(&mut self, expires: u64) -> String {
        self.sessions += 1;
        let (id, secret, token) = (
            format!("ASIA{:016}", self.sessions),
            format!("secret/{}", self.sessions),
            format!("token&{}", self.sessions),
        );
        self.keys.insert(id.clone(), (secret.clone(), token.clone()));
        let expires = iso_date(expires);
        format!(
            "<Credentials><AccessKeyId>{id}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>\
             <SessionToken>{}</SessionToken><Expiration>{expires}</Expiration></Credentials>",
            token.replace('&', "&amp;")
        )
    }

    /// Checks the signature as the documentation of Signature Version 4 says.
    fn signed_by(&self, request: &Request) -> Result<(), Refused> {
        let authorization = &request.headers["authorization"];
        let field = |name: &str| authorization.split_once(name).unwrap().1.split(',').next().unwrap();
        let scope: Vec<&str> = field("Credential=").split('/').collect();
        let (secret, token) =
            self.keys.get(scope[0]).ok_or((403, "InvalidClientTokenId", "The security token is invalid"))?;
        if request.headers.get("x-amz-security-token").map_or("", String::as_str) != token {
            return Err((403, "InvalidClientTokenId", "The security token is invalid"));
        }
        let names = field("SignedHeaders=");
        let headers: String =
            names.split(';').flat_map(|name| [name, ":", &request.headers[name], "\n"]).collect();
        let hash = |text: &str| hex(&Sha256::digest(text.as_bytes()));
        let canonical = format!("POST\n{}\n\n{headers}\n{names}\n{}", request.path, hash(&request.body));
        let to_sign = format!(
            "AWS4-HMAC-SHA256\n{}\n{}\n{}",
            request.headers["x-amz-date"],
            scope[1..].join("/"),
            hash(&canonical)
        );
        let key =
            scope[1..].iter().fold(format!("AWS4{secret}").into_bytes(), |key, part| hmac_256(&key, part));
        let fits = hex(&hmac_256(&key, &to_sign)) == field("Signature=");
        if fits { Ok(()) } else { Err((403, "SignatureDoesNotMatch", "The signature does not match")) }
    }
}

fn error(status: u16, code: &str, message: &str) -> (u16, String) {
    (
        status,
        format!(
            "<ErrorResponse xmlns=\"x\"><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
        ),
    )
}

fn pair(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap();
    (name.to_owned(), percent_encoding::percent_decode_str(value).decode_utf8().unwrap().into_owned())
}

fn hmac_256(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|half| char::from_digit(half.into(), 16).unwrap())
        .collect()
}

/// RFC 4226's code of six digits.
pub fn code(secret: &[u8], step: u64) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).unwrap();
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 15);
    let four: [u8; 4] = digest[offset..offset + 4].try_into().unwrap();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

pub fn from_base32(text: &str) -> Vec<u8> {
    base32::decode(base32::Alphabet::Rfc4648 { padding: false }, text).unwrap()
}

fn to_base64(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn unix(compact: &str) -> u64 {
    let time = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", compact).unwrap();
    jiff::tz::TimeZone::UTC.to_timestamp(time).unwrap().as_second().try_into().unwrap()
}

fn written(at: u64, form: &str) -> String {
    jiff::Timestamp::from_second(at.try_into().unwrap()).unwrap().strftime(form).to_string()
}

fn http_date(at: u64) -> String {
    written(at, "%a, %d %b %Y %H:%M:%S GMT")
}

fn iso_date(at: u64) -> String {
    written(at, "%Y-%m-%dT%H:%M:%SZ")
}
