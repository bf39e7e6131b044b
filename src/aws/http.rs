//! Requests over the network.

use super::call::{Answer, NoAnswer, Wire};
use super::endpoint::Endpoint;
use super::sign::Request;
use std::io::{self, ErrorKind};
use std::time::Duration;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Error, Timeout};
use zeroize::Zeroizing;

/// How long is waited for a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a request may take in all.
const PATIENCE: Duration = Duration::from_secs(30);
/// More than any answer has, in bytes.
const MAX_ANSWER: u64 = 1 << 20;

/// Sends requests by HTTP, over TLS where the endpoint has it. Proxies are those of the environment
/// (`HTTPS_PROXY`, `NO_PROXY` and so on), for what is encrypted; no redirect is followed.
pub struct Http(Agent);

impl Http {
    /// Trusts the roots of Mozilla, or in their place the certificates of this PEM file (`AWS_CA_BUNDLE`). None
    /// where the file has no certificate.
    pub fn new(bundle: Option<&[u8]>) -> Option<Self> {
        Self::with_patience(bundle, PATIENCE)
    }

    /// The same, for requests that may take so long in all.
    pub fn with_patience(bundle: Option<&[u8]>, patience: Duration) -> Option<Self> {
        let roots = match bundle {
            Some(pem) => RootCerts::from(certificates(pem)?),
            None => RootCerts::WebPki,
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(patience))
            .user_agent(concat!("keyfob/", env!("CARGO_PKG_VERSION")))
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .build();
        Some(Self(config.into()))
    }

    fn try_send(&self, endpoint: &Endpoint, request: &Request) -> Result<Answer, Error> {
        let mut post = self.0.post(endpoint.url());
        if endpoint.scheme == "http" {
            // What goes in clear goes to this machine alone, and not by way of a proxy on another one.
            post = post.config().proxy(None).build();
        }
        for (name, value) in &request.headers {
            post = post.header(*name, value.as_str());
        }
        let mut response = post.send(request.body.as_bytes())?;
        let date = response.headers().get("date").and_then(|date| date.to_str().ok()).map(str::to_owned);
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(MAX_ANSWER).read_to_vec()?;
        Ok(Answer { status, date, body: Zeroizing::new(body) })
    }
}

impl Wire for Http {
    fn send(&self, endpoint: &Endpoint, request: &Request) -> Result<Answer, NoAnswer> {
        self.try_send(endpoint, request)
            .map_err(|error| NoAnswer { sent: may_be_sent(&error), why: why(&error) })
    }
}

fn certificates(pem: &[u8]) -> Option<Vec<Certificate<'static>>> {
    let found: Vec<_> = parse_pem(pem)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    (!found.is_empty()).then_some(found)
}

/// Whether the request may have got there. Only what fails before a connection stands certainly has not.
fn may_be_sent(error: &Error) -> bool {
    match error {
        Error::HostNotFound
        | Error::ConnectionFailed
        | Error::ConnectProxyFailed(_)
        | Error::InvalidProxyUrl
        | Error::Timeout(Timeout::Resolve | Timeout::Connect) => false,
        Error::Io(error) => !is_before_connecting(error),
        _ => true,
    }
}

/// What the resolver and the handshake say has no kind or number of its own, only a text.
const EARLY: [&str; 2] = ["failed to lookup address", "invalid peer certificate"];

fn is_before_connecting(error: &io::Error) -> bool {
    let text = error.to_string();
    EARLY.iter().any(|early| text.starts_with(early))
        || matches!(
            error.kind(),
            ErrorKind::ConnectionRefused
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::AddrNotAvailable
        )
}

fn why(error: &Error) -> String {
    match error {
        Error::Timeout(_) => "it does not answer in time".into(),
        Error::HostNotFound => "its address is not known".into(),
        // The kind has fewer words than the system's text; an error without a number is all text.
        Error::Io(error) if error.raw_os_error().is_some() => error.kind().to_string(),
        Error::Io(error) => error.to_string(),
        other => other.to_string(),
    }
}
