//! Calls of the query API: signed, sent, sent again where that does no harm, and their answers read.

use super::endpoint::Endpoint;
use super::error::{CallError, Refusal, Why};
use super::keys::Keys;
use super::sign::{Request, Scope};
use super::when;
use super::xml::Element;
use crate::clock::{Clock, UnixTime};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::time::Duration;
use zeroize::Zeroizing;

/// How often a call is sent at most.
const MOST_TRIES: u32 = 3;
/// How long is waited before a call is sent again; twice as long before the next time.
const PAUSE: Duration = Duration::from_millis(500);
/// The characters that RFC 3986 section 2.3 leaves as they are.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Sends requests, over a network or in a test.
pub trait Wire {
    /// Sends one, once, and waits for the answer, but not for ever.
    fn send(&self, endpoint: &Endpoint, request: &Request) -> Result<Answer, NoAnswer>;
}

/// What came back, whatever its status.
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The `Date` header.
    pub date: Option<String>,
    /// The body. There are secrets in some.
    pub body: Zeroizing<Vec<u8>>,
}

/// Nothing came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// What the system said.
    pub why: String,
    /// Whether the request may have got there all the same.
    pub sent: bool,
}

/// What is asked.
pub struct Call {
    action: &'static str,
    parameters: Vec<(&'static str, Zeroizing<String>)>,
    again: Again,
}

/// When a call may be sent again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    /// Whenever it failed: it changes nothing.
    Always,
    /// Only if it never got there or was turned away: a code is taken once, and what is made is made once.
    Unsent,
}

impl Call {
    /// One that only asks.
    pub fn asking(action: &'static str) -> Self {
        Self { action, parameters: Vec::new(), again: Again::Always }
    }

    /// One that changes something, or has a code in it.
    pub fn once(action: &'static str) -> Self {
        Self { action, parameters: Vec::new(), again: Again::Unsent }
    }

    /// The same with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.parameters.push((name, Zeroizing::new(value.into())));
        self
    }

    /// The same with one more parameter where there is a value.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    fn body(&self, version: &str) -> Zeroizing<String> {
        let mut body = Zeroizing::new(format!("Action={}&Version={version}", self.action));
        for (name, value) in &self.parameters {
            body.extend(["&", name, "="]);
            body.extend(utf8_percent_encode(value, RESERVED));
        }
        body
    }
}

/// Who calls.
pub struct Client<'a> {
    /// What sends.
    pub wire: &'a dyn Wire,
    /// The time, which signatures need.
    pub clock: &'a dyn Clock,
    /// Lets time go by.
    pub pause: Box<dyn Fn(Duration) + 'a>,
}

impl Client<'_> {
    /// Calls, and hands out the answer's result element (that of the action's name and `Result`; the whole
    /// answer where there is none).
    pub fn call(&self, endpoint: &Endpoint, keys: &Keys, call: &Call) -> Result<Element, CallError> {
        let mut tries = 1;
        loop {
            let error = match self.try_once(endpoint, keys, call) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if tries == MOST_TRIES || !may_go_again(&error, call.again) {
                return Err(error);
            }
            (self.pause)(PAUSE * tries);
            tries += 1;
        }
    }

    fn try_once(&self, endpoint: &Endpoint, keys: &Keys, call: &Call) -> Result<Element, CallError> {
        let now = self.clock.now();
        let request = request(endpoint, keys, call, now);
        let answer = self.wire.send(endpoint, &request).map_err(|NoAnswer { why, sent }| {
            CallError::Unreachable { host: endpoint.host.clone(), why, sent }
        })?;
        let root = std::str::from_utf8(&answer.body).ok().and_then(Element::parse);
        if answer.status != 200 {
            let date = answer.date.as_deref().and_then(when::from_http);
            return Err(Refusal::read(call.action, answer.status, root.as_ref(), date, now).into());
        }
        let unreadable = CallError::Unreadable { action: call.action };
        let root = root.filter(|root| root.name() == format!("{}Response", call.action)).ok_or(unreadable)?;
        let result = root.at(&[&format!("{}Result", call.action)]).cloned();
        Ok(result.unwrap_or(root))
    }
}

fn request(endpoint: &Endpoint, keys: &Keys, call: &Call, now: UnixTime) -> Request {
    let form = "application/x-www-form-urlencoded; charset=utf-8";
    let request = Request {
        method: "POST",
        host: endpoint.host.clone(),
        path: endpoint.path.clone(),
        query: String::new(),
        headers: vec![("content-type", Zeroizing::new(form.to_owned()))],
        body: call.body(endpoint.service.version()),
    };
    request.signed(keys, Scope { region: &endpoint.region, service: endpoint.service.as_str() }, now)
}

fn may_go_again(error: &CallError, again: Again) -> bool {
    match error {
        CallError::Unreachable { sent: false, .. } => true,
        CallError::Unreachable { sent: true, .. } => again == Again::Always,
        // A service that failed, and a gateway that gave up on it, say nothing of what became of the request.
        CallError::Refused(refusal) => {
            let is_undecided = matches!(refusal.status, 500 | 502 | 504);
            refusal.why == Why::Busy && (again == Again::Always || !is_undecided)
        }
        CallError::Endpoint(_) | CallError::Unreadable { .. } => false,
    }
}
