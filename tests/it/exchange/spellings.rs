//! One thing written in several ways: what apps of other versions, countries and tastes write has to be taken too.

use super::{RFC_SECRET, devices, read_as, refusals};
use keyfob::device::Candidate;
use keyfob::exchange::{Contents, ReadError, Refusal};
use keyfob::otp::{Algorithm, Kind};

fn contents(name: &str, text: &str) -> (&'static str, Contents) {
    read_as(name, text.as_bytes(), None).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The only device of a file.
fn only(name: &str, text: &str) -> (&'static str, Candidate) {
    let (format, contents) = contents(name, text);
    assert!(contents.entries.len() == 1 && devices(&contents).len() == 1, "{contents:?}\n{text}");
    (format, devices(&contents)[0].clone())
}

fn aegis(entry: &str) -> String {
    format!(r#"{{"db":{{"entries":[{entry}],"extra":1}},"header":{{}},"version":1}}"#)
}

#[test]
fn numbers_texts_and_nulls_are_read_for_each_other() {
    for (digits, period) in [("8", "60"), ("\"8\"", "\" 60 \""), ("8.0", "60.0"), ("8", "6e1")] {
        let entry = format!(
            r#"{{"unknown":[{{}}],"note":null,"name":"a","info":{{"period":{period},"digits":{digits},"algo":"sha_256",
            "secret":"gezd gnbv-GY3T qojq===="}},"type":"TOTP","issuer":null}}"#
        );
        let (_, device) = only("a.json", &aegis(&entry));
        assert_eq!((device.method.digits(), device.method.period().unwrap().get()), (8, 60));
        assert_eq!(device.method.algorithm(), Algorithm::Sha256);
    }
    for digits in ["6.5", "\"six\"", "-6", "[6]", "1e300"] {
        let entry =
            format!(r#"{{"type":"totp","name":"a","info":{{"secret":"{RFC_SECRET}","digits":{digits}}}}}"#);
        let (_, contents) = contents("a.json", &aegis(&entry));
        assert!(matches!(refusals(&contents)[..], [Refusal::Number(_)]), "{digits}: {contents:?}");
    }
}

#[test]
fn hashes_are_known_by_all_their_names() {
    for (name, algorithm) in [
        ("SHA1", Algorithm::Sha1),
        ("sha-1", Algorithm::Sha1),
        ("HmacSHA1", Algorithm::Sha1),
        ("HMAC-SHA-256", Algorithm::Sha256),
        ("sha_512", Algorithm::Sha512),
        ("SHA 512", Algorithm::Sha512),
    ] {
        let entry =
            format!(r#"{{"type":"totp","name":"a","info":{{"secret":"{RFC_SECRET}","algo":"{name}"}}}}"#);
        assert_eq!(only("a.json", &aegis(&entry)).1.method.algorithm(), algorithm, "{name}");
    }
}

#[test]
fn a_byte_order_mark_and_line_ends_change_nothing() {
    let entry = format!(
        "{{\r\n\"type\":\"hotp\",\"name\":\"a\",\r\n\"info\":{{\"secret\":\"{RFC_SECRET}\",\"counter\":\"7\"}}}}"
    );
    let text = format!("\u{feff}{}\r\n", aegis(&entry));
    assert_eq!(only("a.json", &text).1.method.counter(), Some(7));
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (format, contents) = read_as("a.json", &wide, None).unwrap();
    assert_eq!((format, devices(&contents).len()), ("aegis", 1));
}

#[test]
fn tables_of_other_countries_and_programs_are_read() {
    let seed = RFC_SECRET;
    for table in [
        format!("Issuer;Account;Secret Key\r\nGitHub;octocat;{seed}\r\n"),
        format!("name\tuser_name\ttotp_secret\nGitHub\toctocat\t{seed}\n"),
        format!("\u{feff}\n\"Service\",\"E-Mail\",\"2FA\"\r\"GitHub\",\"octocat\",\"{seed}\"\r"),
        format!(
            "Site,Login Name,Authenticator Key,Type\nGitHub,octocat,{},Time based\n",
            seed.to_lowercase()
        ),
        format!(
            "name,secret,issuer,type,counter,url\noctocat,{seed},GitHub,totp,,otpauth://totp/GitHub:octocat?secret={seed}\n"
        ),
    ] {
        let (format, device) = only("download", &table);
        let names = (device.issuer.raw(), device.account.raw());
        assert_eq!(
            (format, names, device.method.kind()),
            ("csv", ("GitHub", "octocat"), Kind::Totp),
            "{table}"
        );
    }
    let logins = format!(
        "type,name,url,email,username,totp\nlogin,GitHub,https://x,,octocat,{seed}\nlogin,no code,https://x,,u,\n"
    );
    assert_eq!(only("a.csv", &logins).0, "csv");
    let bare = "name,url,username,password\nGitHub,https://github.com,octocat,p\n";
    assert_eq!(read_as("a.csv", bare.as_bytes(), None).unwrap_err(), ReadError::NoEntry);
    let table = "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nGitHub,,octocat,p,otpauth://totp/x?secret=GEZDGNBV,true,false,,\n";
    let (format, device) = only("a.csv", table);
    assert!(format == "1password" && device.favourite);
}

#[test]
fn a_counter_of_keepass_is_no_clock() {
    let table = format!(
        "Title,User Name,HmacOtp-Secret-Base32,HmacOtp-Counter,Group\nGitHub,octocat,{RFC_SECRET},4,OTP/HOTP\n"
    );
    let (format, device) = only("a.csv", &table);
    assert_eq!((format, device.method.counter(), device.account.raw()), ("keepass", Some(4), "octocat"));
    for (column, secret) in [
        ("TimeOtp-Secret", "12345678901234567890"),
        ("TimeOtp-Secret-Hex", "3132333435363738393031323334353637383930"),
        ("TimeOtp-Secret-Base32", RFC_SECRET),
        ("TimeOtp-Secret-Base64", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA="),
    ] {
        let table = format!(
            "Account,Login Name,{column},TimeOtp-Length,TimeOtp-Period,TimeOtp-Algorithm\nGitHub,octocat,{secret},8,60,HMAC-SHA-512\n"
        );
        let (format, device) = only("a.csv", &table);
        assert_eq!((format, device.secret.to_base32().as_str()), ("keepass", RFC_SECRET), "{column}");
        let method = device.method;
        assert_eq!(
            (method.digits(), method.period().unwrap().get(), method.algorithm()),
            (8, 60, Algorithm::Sha512)
        );
    }
}

#[test]
fn the_seed_of_aws_is_read_however_it_was_printed() {
    let seed = "ZW2GEA55WEMAXYVZSJMTJJJZP7E4CGO4E6BHH76NSEIB2DB37LXEEHBM5Z5QEDQU";
    let inner = "WlcyR0VBNTVXRU1BWFlWWlNKTVRKSkpaUDdFNENHTzRFNkJISDc2TlNFSUIyREIzN0xYRUVIQk01WjVRRURRVQ==";
    let device = |seed: &str| {
        format!(
            r#"{{"SerialNumber":"arn:aws:iam::123456789012:mfa/phone","Base32StringSeed":"{seed}","QRCodePNG":"iVBORw0="}}"#
        )
    };
    for text in [
        format!("{seed}\n"),
        format!("{inner}\n"),
        format!("\"{inner}\"\n"),
        device(inner),
        device(seed),
        format!(r#"{{"VirtualMFADevice":{}}}"#, device(inner)),
        format!(r#"{{"VirtualMFADevices":[{}],"IsTruncated":false}}"#, device(inner)),
        format!("[{}]", device(inner)),
    ] {
        let (format, device) = only("phone.txt", &text);
        assert_eq!((format, device.secret.to_base32().as_str()), ("aws", seed), "{text}");
        assert_eq!(device.account.raw(), "phone", "{text}");
    }
}

#[test]
fn texts_that_start_with_a_bracket_are_texts() {
    let uri = format!("otpauth://totp/GitHub:octocat?secret={RFC_SECRET}");
    for text in [format!("[my code]({uri})\n"), format!("<{uri}>\n"), format!("{{code: {uri} }}\n")] {
        assert_eq!(only("a.md", &text).0, "uris", "{text}");
    }
    let broken = format!(r#"{{"items": ["{uri}", }}"#);
    assert!(matches!(read_as("a.json", broken.as_bytes(), None), Err(ReadError::Broken { .. })));
}

#[test]
fn steam_of_freeotp_is_told_by_its_issuer() {
    let text = r#"{"tokens":[{"algo":"SHA1","digits":5,"issuerExt":"Steam","label":"g","period":30,"secret":[49,50,51,-52],"type":"TOTP"}]}"#;
    let (format, device) = only("a.json", text);
    assert_eq!((format, device.method.kind()), ("freeotp+", Kind::Steam));
}

#[test]
fn an_archive_of_bitwarden_holds_its_vault() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("data.json", zip::write::SimpleFileOptions::default()).unwrap();
    let item =
        format!(r#"{{"type":1,"name":"GitHub","login":{{"username":"octocat","totp":"{RFC_SECRET}"}}}}"#);
    // With a byte order mark, as after somebody edited it.
    write!(zip, "\u{feff}{{\"encrypted\":false,\"items\":[{item}]}}").unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let (format, contents) = read_as("bitwarden_export.zip", &bytes, None).unwrap();
    assert_eq!((format, devices(&contents).len()), ("bitwarden", 1));
}

#[test]
fn a_table_is_one_however_its_file_is_called() {
    let table =
        format!("Title,Username,OTPAuth\nGitHub,octocat,otpauth://totp/GitHub:octocat?secret={RFC_SECRET}\n");
    for name in ["a.csv", "a.txt", "download"] {
        assert_eq!(only(name, &table).0, "1password", "{name}");
    }
}

#[test]
fn what_an_app_keeps_beside_its_accounts_is_none() {
    let account = r#"{"shared_secret":"zvIayp3JPvtvX/QGHqsqKBk/44s=","account_name":"gamer"}"#;
    let beside = r#""version":2,"order":["1"],"active":null,"settings":{"dark":true}"#;
    let (format, device) =
        only("steam.json", &format!(r#"{{"accounts":{{"1":{account},{beside}}},{beside}}}"#));
    assert_eq!((format, device.account.raw()), ("steam", "gamer"));
    let (_, device) = only("1.maFile", &account.replace('{', r#"{"accounts":{"1":{},"2":{}},"tokens":{},"#));
    assert_eq!(device.account.raw(), "gamer", "an account's own file, whatever else is in it");
    let (_, none) = contents("steam.json", r#"{"accounts":{"1":{"account_name":"gamer"}}}"#);
    assert_eq!(refusals(&none), [&Refusal::NoSecret]);
}

#[test]
fn decrypted_tokens_of_authy_are_read_by_either_name() {
    for list in ["authenticator_tokens", "decrypted_authenticator_tokens"] {
        let text = format!(
            r#"{{"message":"success","{list}":[{{"account_type":"github","issuer":"GitHub","name":"GitHub: octocat",
            "original_name":"GitHub:octocat","decrypted_seed":"{RFC_SECRET}","digits":6}}],"success":true}}"#
        );
        let (format, device) = only("decrypted_tokens.json", &text);
        assert_eq!((format, device.issuer.raw(), device.account.raw()), ("authy", "GitHub", "octocat"));
    }
}

#[test]
fn an_entry_without_a_type_is_by_time_and_so_is_one_of_gnomes_own() {
    for kind in ["", r#","type":"OTP""#, r#","type":null"#] {
        let text = format!(r#"[{{"secret":"{RFC_SECRET}","label":"octocat","tags":["GitHub"]{kind}}}]"#);
        let (format, device) = only("a.json", &text);
        assert_eq!((format, device.issuer.raw(), device.method.kind()), ("andotp", "GitHub", Kind::Totp));
    }
}

#[test]
fn the_list_of_freeotp_is_known_by_its_secrets_however_it_is_spaced() {
    let token = r#"{ "algo" : "SHA1", "issuerExt" : "GitHub", "label" : "octocat", "secret" : [49, 50, -51], "type" : "TOTP" }"#;
    let text = format!("<map><string name=\"a\">{}</string></map>", token.replace('"', "&quot;"));
    assert_eq!(only("tokens.xml", &text).0, "freeotp");
}
