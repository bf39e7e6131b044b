//! Signatures, answers and endpoints.

use keyfob::aws::{Element, Endpoint, EndpointError, Hints, Keys, Request, Scope, Service};
use keyfob::clock::UnixTime;
use zeroize::Zeroizing;

/// The documentation's example time, `20150830T123600Z`.
const THEN: UnixTime = UnixTime(1_440_938_160);

fn signature(request: Request, service: &str) -> String {
    let keys = Keys {
        id: "AKIDEXAMPLE".into(),
        secret: Zeroizing::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into()),
        token: None,
    };
    let signed = request.signed(&keys, Scope { region: "us-east-1", service }, THEN);
    let authorization = signed.headers.iter().find(|(name, _)| *name == "authorization").unwrap();
    authorization.1.rsplit_once("Signature=").unwrap().1.to_owned()
}

fn request(method: &'static str, host: &str) -> Request {
    Request {
        method,
        host: host.into(),
        path: "/".into(),
        query: String::new(),
        headers: Vec::new(),
        body: Zeroizing::default(),
    }
}

#[test]
fn the_published_examples_come_out() {
    let form = |kind: &str| vec![("content-type", Zeroizing::new(kind.to_owned()))];
    // The example of "Create a signed AWS API request".
    let list = Request {
        query: "Action=ListUsers&Version=2010-05-08".into(),
        headers: form("application/x-www-form-urlencoded; charset=utf-8"),
        ..request("GET", "iam.amazonaws.com")
    };
    assert_eq!(signature(list, "iam"), "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    // get-vanilla, post-vanilla and post-x-www-form-urlencoded of AWS's test suite.
    let host = "example.amazonaws.com";
    let vanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    assert_eq!(signature(request("GET", host), "service"), vanilla);
    let vanilla = "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b";
    assert_eq!(signature(request("POST", host), "service"), vanilla);
    let encoded = Request {
        headers: form("application/x-www-form-urlencoded"),
        body: Zeroizing::new("Param1=value1".into()),
        ..request("POST", host)
    };
    let want = "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a";
    assert_eq!(signature(encoded, "service"), want);
}

#[test]
fn a_server_that_says_nothing_is_left() {
    use keyfob::aws::{Http, NoAnswer, Wire as _};
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let endpoint = Endpoint::of(Service::Sts, Hints { url: Some(&url), ..Hints::default() }).unwrap();
    let http = Http::with_patience(None, std::time::Duration::from_millis(50)).unwrap();
    let answer = http.send(&endpoint, &request("POST", &endpoint.host)).err();
    assert_eq!(answer, Some(NoAnswer { why: "it does not answer in time".into(), sent: true }));
    assert!(Http::new(Some(b"no certificate")).is_none());
}

#[test]
fn answers_are_read() {
    let text = "<?xml version='1.0'?><!-- a > b --><A x=\"1\"><B>a &amp; &#60;&#x62;&bad;</B><C/><D><member><E> 1 </E></member><member/></D></A>";
    let root = Element::parse(text).unwrap();
    assert_eq!(root.name(), "A");
    assert_eq!(root.text(&["B"]), Some("a & <b&bad;"));
    assert_eq!(root.text(&["C"]), None);
    let members: Vec<_> = root.members(&["D"]).map(|member| member.text(&["E"])).collect();
    assert_eq!(members, [Some("1"), None]);
}

#[test]
fn what_is_no_answer_is_not_read() {
    let deep = "<a>".repeat(100) + &"</a>".repeat(100);
    for text in ["", "text", "<a>", "<a></b>", "</a>", "<a", "<>", "<a></a></a>", "<!-- <a/>", &deep] {
        assert!(Element::parse(text).is_none(), "{text}");
    }
}

fn url(service: Service, hints: Hints<'_>) -> (String, String) {
    let endpoint = Endpoint::of(service, hints).unwrap();
    (endpoint.url(), endpoint.region)
}

#[test]
fn each_partition_has_its_own_endpoints() {
    for (region, sts, iam, iam_region) in [
        ("eu-west-1", "sts.eu-west-1.amazonaws.com", "iam.amazonaws.com", "us-east-1"),
        ("cn-north-1", "sts.cn-north-1.amazonaws.com.cn", "iam.cn-north-1.amazonaws.com.cn", "cn-north-1"),
        ("us-gov-east-1", "sts.us-gov-east-1.amazonaws.com", "iam.us-gov.amazonaws.com", "us-gov-west-1"),
        ("us-iso-east-1", "sts.us-iso-east-1.c2s.ic.gov", "iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"),
        (
            "us-isob-east-1",
            "sts.us-isob-east-1.sc2s.sgov.gov",
            "iam.us-isob-east-1.sc2s.sgov.gov",
            "us-isob-east-1",
        ),
        (
            "eusc-de-east-1",
            "sts.eusc-de-east-1.amazonaws.eu",
            "iam.eusc-de-east-1.amazonaws.eu",
            "eusc-de-east-1",
        ),
    ] {
        let hints = Hints { region: Some(region), ..Hints::default() };
        assert_eq!(url(Service::Sts, hints), (format!("https://{sts}/"), region.to_owned()));
        assert_eq!(url(Service::Iam, hints), (format!("https://{iam}/"), iam_region.to_owned()));
    }
    let of_arn = Hints { arn: Some("arn:aws-us-gov:iam::1:mfa/a"), ..Hints::default() };
    assert_eq!(url(Service::Sts, of_arn).0, "https://sts.us-gov-west-1.amazonaws.com/");
    assert_eq!(
        url(Service::Sts, Hints::default()),
        ("https://sts.amazonaws.com/".into(), "us-east-1".into())
    );
}

#[test]
fn an_endpoint_in_clear_is_this_machine_only() {
    let at = |url| Endpoint::of(Service::Sts, Hints { url: Some(url), ..Hints::default() });
    for (given, want) in [
        ("http://localhost:5000", "http://localhost:5000/"),
        ("http://127.0.0.1:80/a/b", "http://127.0.0.1/a/b"),
        ("http://[::1]:5000", "http://[::1]:5000/"),
        ("https://STS.example:443/", "https://sts.example/"),
    ] {
        assert_eq!(at(given).unwrap().url(), want);
    }
    for in_clear in [
        "http://example.org",
        "http://localhost.example",
        "http://128.0.0.1:5000",
        "http://127.0.0.1.example",
    ] {
        assert_eq!(at(in_clear), Err(EndpointError::InClear), "{in_clear}");
    }
    for bad in [
        "",
        "ftp://a",
        "localhost:1",
        "https://",
        "https://a b",
        "https://a@b",
        "https://a/?b",
        "https://a\n",
    ] {
        assert_eq!(at(bad), Err(EndpointError::NotUrl), "{bad}");
    }
    let hints = Hints { region: Some("eu-west-1.evil.example/"), ..Hints::default() };
    assert_eq!(Endpoint::of(Service::Sts, hints), Err(EndpointError::NotRegion));
}

#[test]
fn a_text_of_nothing_but_ampersands_is_read_once() {
    // Read again for each of them, a few hundred kilobytes would take minutes; here that is a hundred billion bytes.
    let text = "&".repeat(450_000);
    let answer = Element::parse(&format!("<a>{text};</a>")).unwrap();
    assert_eq!(answer.text(&[]).map(str::len), Some(450_001));
    for (written, read) in
        [("&amp;&#65;&#x1F600;", "&A\u{1f600}"), ("&nothing;&amp", "&nothing;&amp"), ("&;", "&;")]
    {
        assert_eq!(Element::parse(&format!("<a>{written}</a>")).unwrap().text(&[]), Some(read), "{written}");
    }
}
