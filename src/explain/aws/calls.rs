//! What a call of AWS can come to but an answer.

use crate::aws::{CallError, EndpointError, Refusal, Why};
use crate::explain::{Exit, Explain, Explanation};
use crate::text::safe;

impl Explain for CallError {
    fn explain(&self) -> Explanation {
        match self {
            Self::Endpoint(error) => error.explain(),
            Self::Unreachable { host, why, sent } => {
                let told = Explanation::new(Exit::System, format!("{}: {}", safe(host), safe(why)));
                if *sent {
                    told.hint("the same again; AWS may have got it, and takes a code once")
                } else {
                    told
                }
            }
            Self::Refused(refusal) => refusal.explain(),
            Self::Unreadable { action } => {
                Explanation::new(Exit::System, format!("{action}: the answer is not one of AWS's"))
                    .hint("another AWS_ENDPOINT_URL, or none")
            }
        }
    }
}

impl Explain for EndpointError {
    fn explain(&self) -> Explanation {
        match self {
            Self::NotUrl => Explanation::new(Exit::BadInput, "endpoint_url: it is no http or https URL"),
            Self::InClear => Explanation::new(
                Exit::BadInput,
                "endpoint_url: http leads to another machine, and codes and keys would go there in clear",
            )
            .hint("https, or http to this machine"),
            Self::NotRegion => Explanation::new(Exit::BadInput, "region: it is no AWS region")
                .hint("AWS_REGION, or region in the profile: eu-west-1, say"),
        }
    }
}

impl Explain for Refusal {
    fn explain(&self) -> Explanation {
        let action = self.action;
        let refused = |exit, why: &str| Explanation::new(exit, format!("{action}: {why}"));
        match self.why {
            Why::Code => refused(Exit::No, "AWS refuses the code: this device is not the one with that serial number, or somebody else used the code")
                .hint("keyfob check QUERY CODE1 CODE2, with codes from another copy of the device"),
            Why::Serial => refused(Exit::No, "AWS does not know the serial number as a device of this user")
                .hint("keyfob edit QUERY --serial ARN, or another mfa_serial: a device belongs to the user whose keys sign"),
            Why::Clock => refused(Exit::No, &self.clock())
                .hint("setting this machine's clock: timedatectl set-ntp true, say"),
            Why::Denied => refused(Exit::No, &format!("AWS does not allow it: {}", self.words())),
            Why::Keys => refused(Exit::No, &format!("AWS does not take the access key: {}", self.words()))
                .hint("aws configure --profile NAME, with keys that are in use"),
            Why::Over => refused(Exit::No, &format!("the session whose keys sign is over: {}", self.words()))
                .hint("a new session (aws sso login, say), or --profile with the one that has the long-term keys"),
            Why::Exists => refused(Exit::No, &format!("it is there already: {}", self.words())),
            Why::Missing => refused(Exit::No, &format!("AWS knows of none: {}", self.words())),
            Why::Limit => refused(Exit::No, &format!("there may be no more: {}", self.words())),
            Why::Busy => refused(Exit::System, &format!("AWS is busy: {}", self.words())).hint("the same again, later"),
            Why::Other => refused(Exit::System, &format!("AWS says no: {}", self.words())),
        }
    }
}

impl Refusal {
    fn clock(&self) -> String {
        match self.ahead {
            Some(ahead) if ahead > 0 => format!("this machine's clock is {ahead} seconds behind that of AWS"),
            Some(ahead) if ahead < 0 => {
                format!("this machine's clock is {} seconds ahead of that of AWS", ahead.unsigned_abs())
            }
            _ => "this machine's clock is not that of AWS".into(),
        }
    }

    /// AWS's own words, or its number where it has none.
    fn words(&self) -> String {
        let message: String = self.message.chars().take(400).collect();
        match (self.message.is_empty(), self.code.is_empty()) {
            (false, _) => safe(&message).into_owned(),
            (true, false) => safe(&self.code).into_owned(),
            (true, true) => format!("status {}", self.status),
        }
    }
}
