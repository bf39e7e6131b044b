//! How people name a device.

use super::{cases, device, text};
use keyfob::device::query::{Filter, QueryError, matches, pick};
use keyfob::device::{Device, DeviceId};
use keyfob::otp::Method;
use proptest::{prop_assert, prop_assert_eq, proptest};

const ARN: &str = "arn:aws:iam::210987654321:mfa/ops/carol";

fn vault() -> Vec<Device> {
    let mut devices = vec![
        device("Amazon Web Services", "alice@123456789012", b"a", Method::TOTP),
        device("Amazon Web Services", "bob@123456789012", b"b", Method::TOTP),
        device("GitHub", "alice", b"c", Method::TOTP),
        device("GitHub Enterprise", "alice-work", b"d", Method::TOTP),
        device("Café", "RENÉE", b"e", Method::TOTP),
        device("A:B", "c:d", b"f", Method::TOTP),
        device("AWS", "carol", b"g", Method::TOTP),
    ];
    devices[3].tags = vec![text("payroll"), text("berlin")];
    devices[3].note = keyfob::text::Text::note("phone in the safe").unwrap();
    devices[6].serial = Some(text(ARN));
    for (device, number) in devices.iter_mut().zip(1u128..) {
        device.id = DeviceId(uuid::Uuid::from_u128(number << 100 | 0xfeed));
    }
    devices
}

fn picked(query: &str) -> Result<String, usize> {
    let devices = vault();
    match pick(devices.iter(), query) {
        Ok(device) => Ok(device.label()),
        Err(QueryError::NoMatch) => Err(0),
        Err(QueryError::Ambiguous { candidates }) => Err(candidates.len()),
    }
}

#[test]
fn one_device_is_picked_by_whatever_names_it_alone() {
    for (query, label) in [
        ("00000010-0000-0000-0000-00000000feed", "Amazon Web Services:alice@123456789012"),
        ("0000002000000000000000000000FEED", "Amazon Web Services:bob@123456789012"),
        ("0000003", "GitHub:alice"),
        ("00000040-00", "GitHub Enterprise:alice-work"),
        (ARN, "AWS:carol"),
        ("ARN:AWS:IAM::210987654321:MFA/OPS/CAROL", "AWS:carol"),
        ("arn:aws:iam::123456789012:mfa/bob", "Amazon Web Services:bob@123456789012"),
        ("GitHub:alice", "GitHub:alice"),
        ("github: ALICE ", "GitHub:alice"),
        ("github", "GitHub:alice"),
        ("alice", "GitHub:alice"),
        ("A:B:c:d", "A:B:c:d"),
        ("café", "Café:RENÉE"),
        ("renée", "Café:RENÉE"),
        ("enée", "Café:RENÉE"),
        ("ENTER", "GitHub Enterprise:alice-work"),
        ("payroll", "GitHub Enterprise:alice-work"),
        ("BERL", "GitHub Enterprise:alice-work"),
        ("210987654321", "AWS:carol"),
        ("hub:al", "GitHub:alice"),
        ("amazon bob", "Amazon Web Services:bob@123456789012"),
        ("bob amazon", "Amazon Web Services:bob@123456789012"),
        ("  carol\n", "AWS:carol"),
    ] {
        assert_eq!(picked(query).as_deref(), Ok(label), "{query:?}");
    }
}

#[test]
fn what_names_none_or_several_picks_none() {
    for (query, count) in [
        ("", 0),
        ("   ", 0),
        ("nobody", 0),
        ("00000", 0),
        ("GitHub:bob", 0),
        ("arn:aws:iam::123456789012:mfa/dave", 0),
        ("safe", 0), // the note narrows a list; to pick by it would surprise
        ("123456789012", 2),
        ("amazon", 2),
        ("ali", 3),
        ("web 1234", 2),
        ("000000", 7),
        (":", 7),
    ] {
        assert_eq!(picked(query), Err(count), "{query:?}");
    }
}

#[test]
fn candidates_come_in_the_vaults_order_and_safe_to_show() {
    let mut devices = vault();
    devices[0].issuer = text("Amazon\u{1b}[31m");
    let Err(QueryError::Ambiguous { candidates }) = pick(devices.iter(), "amazon") else { panic!("one") };
    let expected = [
        (devices[0].id, "Amazon␛[31m:alice@123456789012".to_owned()),
        (devices[1].id, "Amazon Web Services:bob@123456789012".to_owned()),
    ];
    assert_eq!(candidates, expected);
}

#[test]
fn the_same_case_goes_before_another() {
    let devices = [
        device("VPN", "alice", b"a", Method::TOTP),
        device("vpn", "alice", b"b", Method::TOTP),
        device("Box", "Root", b"c", Method::TOTP),
        device("Box", "root", b"d", Method::TOTP),
    ];
    let picked = |query| pick(devices.iter(), query).map(keyfob::device::Device::label);
    assert_eq!(picked("vpn:alice"), Ok("vpn:alice".into()));
    assert_eq!(picked("VPN"), Ok("VPN:alice".into()));
    assert_eq!(picked("root"), Ok("Box:root".into()));
    assert!(matches!(picked("ROOT"), Err(QueryError::Ambiguous { candidates }) if candidates.len() == 2));
}

#[test]
fn a_list_is_narrowed_by_every_word_of_a_text() {
    let devices = vault();
    let left = |filter: &str| devices.iter().filter(|device| matches(device, filter)).count();
    for (filter, count) in [
        ("", 7),
        (" \t ", 7),
        ("a", 7),
        ("AMAZON", 2),
        ("amazon alice", 1),
        ("alice hub", 2),
        ("SAFE phone", 1),
        ("café", 1),
        ("CAFÉ renée", 1),
        ("mfa/ops", 1),
        ("berlin payroll alice", 1),
        ("amazon nobody", 0),
        ("é", 1),
        ("\u{1b}", 0),
    ] {
        assert_eq!(left(filter), count, "{filter:?}");
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn every_part_of_a_name_finds_it_in_any_case(
        issuer in "\\PC{1,20}",
        account in "[a-zäöüßα-ω0-9@. ]{1,20}",
        start in 0usize..20,
        length in 1usize..20,
    ) {
        let device = device(&issuer, &account, b"k", Method::TOTP);
        let name = device.account.raw();
        let part: String = name.chars().skip(start).take(length).collect();
        // Folding goes character by character: ß has no upper case of its own.
        let upper: String = part.chars().map(|c| if c == 'ß' { c } else { c.to_uppercase().next().unwrap() }).collect();
        prop_assert!(matches(&device, &part), "{:?} in {:?}", part, name);
        if upper.to_lowercase() == part.to_lowercase() {
            prop_assert!(matches(&device, &upper), "{:?} in {:?}", upper, name);
        }
        prop_assert!(matches(&device, device.issuer.raw()));
    }

    #[test]
    fn any_query_is_answered_and_a_picked_device_is_one_of_the_list(query in ".{0,40}") {
        let devices = vault();
        match pick(devices.iter(), &query) {
            Ok(picked) => prop_assert!(devices.iter().any(|device| device.id == picked.id)),
            Err(QueryError::Ambiguous { candidates }) => prop_assert!(candidates.len() > 1),
            Err(QueryError::NoMatch) => prop_assert!(
                query.trim().is_empty() || devices.iter().all(|device| !device.label().contains(query.trim()))
            ),
        }
        let filter = Filter::new(&query);
        for device in &devices {
            prop_assert_eq!(filter.matches(device), matches(device, &query));
        }
    }
}
