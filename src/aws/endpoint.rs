//! Where STS and IAM answer.
//!
//! Source: the endpoints of the AWS general reference; "service-specific endpoints" of the AWS SDKs' reference.

/// One of the two services that keyfob calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// The Security Token Service: sessions.
    Sts,
    /// Identity and Access Management: devices.
    Iam,
}

/// Where a service answers, and for which region requests are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Which one.
    pub service: Service,
    /// `https` or `http`.
    pub scheme: &'static str,
    /// Host, with the port where that is not the usual one.
    pub host: String,
    /// From `/` on.
    pub path: String,
    /// The region of the signature.
    pub region: String,
}

/// What says where a service answers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// The region, where one is set.
    pub region: Option<&'a str>,
    /// An ARN of the account's, which tells the partition where no region does.
    pub arn: Option<&'a str>,
    /// The endpoint's URL, where one is set.
    pub url: Option<&'a str>,
}

/// Why there is no endpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// What is set as a URL is none.
    #[error("no URL")]
    NotUrl,
    /// A URL with `http:` that leads to another machine: codes and keys would go there in clear.
    #[error("in clear to another machine")]
    InClear,
    /// What is set as a region is none.
    #[error("no region")]
    NotRegion,
}

/// A partition: its name, how its regions begin, its domain, and IAM's host and region.
struct Partition {
    name: &'static str,
    regions: &'static str,
    domain: &'static str,
    iam: &'static str,
    iam_region: &'static str,
}

const fn partition(
    name: &'static str,
    regions: &'static str,
    domain: &'static str,
    iam: &'static str,
    iam_region: &'static str,
) -> Partition {
    Partition { name, regions, domain, iam, iam_region }
}

/// The first is what everything else belongs to.
const PARTITIONS: [Partition; 8] = [
    partition("aws", "", "amazonaws.com", "iam.amazonaws.com", "us-east-1"),
    partition("aws-cn", "cn-", "amazonaws.com.cn", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
    partition("aws-us-gov", "us-gov-", "amazonaws.com", "iam.us-gov.amazonaws.com", "us-gov-west-1"),
    partition("aws-iso", "us-iso-", "c2s.ic.gov", "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
    partition("aws-iso-b", "us-isob-", "sc2s.sgov.gov", "iam.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"),
    partition(
        "aws-iso-e",
        "eu-isoe-",
        "cloud.adc-e.uk",
        "iam.eu-isoe-west-1.cloud.adc-e.uk",
        "eu-isoe-west-1",
    ),
    partition(
        "aws-iso-f",
        "us-isof-",
        "csp.hci.ic.gov",
        "iam.us-isof-south-1.csp.hci.ic.gov",
        "us-isof-south-1",
    ),
    partition("aws-eusc", "eusc-", "amazonaws.eu", "iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"),
];

impl Service {
    /// As signatures and settings name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sts => "sts",
            Self::Iam => "iam",
        }
    }

    /// Its version of the query API.
    pub(super) fn version(self) -> &'static str {
        match self {
            Self::Sts => "2011-06-15",
            Self::Iam => "2010-05-08",
        }
    }
}

impl Endpoint {
    /// Where a service answers.
    pub fn of(service: Service, hints: Hints<'_>) -> Result<Self, EndpointError> {
        if hints.region.is_some_and(|region| !is_region(region)) {
            return Err(EndpointError::NotRegion);
        }
        let partition = Partition::of(hints);
        let region = match service {
            Service::Iam => partition.iam_region,
            Service::Sts => hints.region.unwrap_or(partition.iam_region),
        };
        if let Some(url) = hints.url {
            return Self::at(service, url, region);
        }
        let host = match (service, hints.region) {
            (Service::Iam, _) => partition.iam.to_owned(),
            (Service::Sts, None) if partition.name == "aws" => "sts.amazonaws.com".to_owned(),
            (Service::Sts, _) => format!("sts.{region}.{}", partition.domain),
        };
        Ok(Self { service, scheme: "https", host, path: "/".into(), region: region.into() })
    }

    fn at(service: Service, url: &str, region: &str) -> Result<Self, EndpointError> {
        let (scheme, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
            (Some(rest), _) => ("https", rest),
            (None, Some(rest)) => ("http", rest),
            (None, None) => return Err(EndpointError::NotUrl),
        };
        let at = rest.find('/').unwrap_or(rest.len());
        let (host, path) = rest.split_at(at);
        let usual_port = if scheme == "https" { ":443" } else { ":80" };
        let host = host.strip_suffix(usual_port).unwrap_or(host).to_ascii_lowercase();
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
        let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"/.-_~".contains(&byte);
        if host.is_empty() || !host.bytes().all(is_host) || !path.bytes().all(is_path) {
            return Err(EndpointError::NotUrl);
        }
        if scheme == "http" && !is_this_machine(&host) {
            return Err(EndpointError::InClear);
        }
        let path = if path.is_empty() { "/" } else { path };
        Ok(Self { service, scheme, host, path: path.into(), region: region.into() })
    }

    /// As a URL.
    pub fn url(&self) -> String {
        format!("{}://{}{}", self.scheme, self.host, self.path)
    }
}

impl Partition {
    /// By the region, else by the ARN.
    fn of(hints: Hints<'_>) -> &'static Self {
        let [usual, others @ ..] = &PARTITIONS;
        let of_region = |region: &str| others.iter().find(|one| region.starts_with(one.regions));
        let of_arn = |arn: &str| {
            let name = arn.strip_prefix("arn:")?.split(':').next()?;
            others.iter().find(|one| one.name == name)
        };
        match hints.region {
            Some(region) => of_region(region),
            None => hints.arn.and_then(of_arn),
        }
        .unwrap_or(usual)
    }
}

fn is_region(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
    });
    let is_loopback = name.parse().is_ok_and(|address: std::net::Ipv4Addr| address.is_loopback());
    is_loopback || name == "localhost" || name == "[::1]"
}
