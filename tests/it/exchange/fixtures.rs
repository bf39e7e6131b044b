//! A small file of each format, made here: one device that all of them can hold, and what is special to each.

use super::{RFC_SECRET, devices, read_as, refusals};
use keyfob::clock::UnixTime;
use keyfob::device::Candidate;
use keyfob::exchange::{FORMATS, Refusal};
use keyfob::otp::Kind;

/// What a file has to be found to be and to hold: GitHub's device, `more` others, and so many that are refused.
pub struct Fixture {
    pub name: &'static str,
    pub text: String,
    pub format: &'static str,
    more: usize,
    refused: usize,
}

fn fixture(
    format: &'static str,
    name: &'static str,
    text: impl Into<String>,
    more: usize,
    refused: usize,
) -> Fixture {
    Fixture { name, text: text.into(), format, more, refused }
}

fn uri() -> String {
    format!("otpauth://totp/GitHub:octocat?secret={RFC_SECRET}&issuer=GitHub")
}

fn json_files() -> Vec<Fixture> {
    let uri = uri();
    let signed = "[49,50,51,52,53,54,55,56,57,48,49,50,51,52,53,54,55,56,57,48]";
    let map = |token: &str| {
        let token = token.replace('"', "&quot;");
        format!(
            "<?xml version='1.0' encoding='utf-8'?>\n<map><string name=\"tokenOrder\">[]</string><string name=\"a\">{token}</string></map>"
        )
    };
    let free = format!(
        r#"{{"algo":"SHA1","counter":0,"digits":6,"issuerExt":"GitHub","label":"octocat","period":30,"secret":{signed},"type":"TOTP"}}"#
    );
    let seed = RFC_SECRET;
    vec![
        fixture("aegis", "a.json", format!(r#"{{"version":1,"header":{{"slots":null,"params":null}},"db":{{"version":3,
            "groups":[{{"uuid":"g","name":"Work"}}],"entries":[{{"type":"totp","name":"octocat","issuer":"GitHub","groups":["g"],
            "note":"n","favorite":true,"info":{{"secret":"{seed}","algo":"SHA1","digits":6,"period":30}}}},
            {{"type":"yandex","name":"y","issuer":"Y","info":{{"secret":"{seed}","pin":"1234"}}}}]}}}}"#), 0, 1),
        fixture("2fas", "a.2fas", format!(r#"{{"schemaVersion":4,"groups":[{{"id":"g","name":"Work"}}],"services":[
            {{"name":"GitHub","secret":"{seed}","groupId":"g","otp":{{"account":"octocat","issuer":"GitHub","tokenType":"TOTP"}}}},
            {{"name":"X","secret":"{seed}","otp":{{"account":"x","tokenType":"TOTP","algorithm":"SHA224"}}}}]}}"#), 0, 1),
        fixture("andotp", "a.json", format!(r#"[{{"secret":"{seed}","issuer":"GitHub","label":"octocat","digits":6,"type":"TOTP",
            "algorithm":"SHA1","period":30,"tags":["Work"]}},{{"secret":"{seed}","issuer":"M","label":"m","type":"MOTP"}}]"#), 0, 1),
        fixture("bitwarden", "a.json", format!(r#"{{"encrypted":false,"folders":[],"items":[{{"type":1,"name":"GitHub","favorite":true,
            "login":{{"username":"octocat","totp":"{} "}}}},{{"type":1,"name":"no code","login":{{"totp":null}}}},
            {{"type":1,"name":"Steam","login":{{"username":"g","totp":"steam://MFRGGZDFMZTWQ2LK"}}}}]}}"#, seed.to_lowercase()), 1, 0),
        fixture("proton", "a.json", format!(r#"{{"version":1,"entries":[{{"id":"1","content":{{"uri":"{uri}","entry_type":"Totp","name":"octocat"}},"note":"n"}},
            {{"id":"2","content":{{"entry_type":"Totp","name":"b"}}}}]}}"#), 0, 1),
        fixture("cotp", "a.cotp", format!(r#"{{"version":2,"elements":[{{"secret":"{seed}","issuer":"GitHub","label":"octocat","digits":6,
            "type":"TOTP","algorithm":"SHA1","period":30,"counter":null}},{{"secret":"{seed}","issuer":"Y","label":"y","type":"YANDEX"}}]}}"#), 0, 1),
        fixture("cotp", "b.json", format!(r#"{{"items":["{uri}","otpauth://motp/x?secret=AAAA"]}}"#), 0, 1),
        fixture("freeotp+", "a.json", format!(r#"{{"tokenOrder":["x"],"tokens":[{free}]}}"#), 0, 0),
        fixture("freeotp", "tokens.xml", map(&free), 0, 0),
        fixture("raivo", "a.json", format!(r#"[{{"kind":"TOTP","algorithm":"SHA1","timer":"30","counter":"0","issuer":"GitHub","account":"octocat",
            "secret":"{seed}","digits":"6","pinned":"true"}}]"#), 0, 0),
        fixture("lastpass", "a.json", format!(r#"{{"version":3,"accounts":[{{"issuerName":"GitHub","originalIssuerName":"x","userName":"octocat",
            "secret":"{seed}","timeStep":30,"digits":6,"algorithm":"SHA1","isFavorite":true}}],"folders":[]}}"#), 0, 0),
        fixture("authy", "a.json", format!(r#"{{"authenticator_tokens":[{{"name":"GitHub: octocat","issuer":"GitHub","decrypted_seed":"{seed}","digits":6}}]}}"#), 0, 0),
        fixture("authy", "a.xml", map("x").replace("tokenOrder", "com.authy.storage.tokens.authenticator.key").replace(
            "[]", &format!(r#"[{{"decryptedSecret":"{seed}","digits":6,"originalIssuer":"GitHub","originalName":"GitHub:octocat"}},
            {{"encryptedSecret":"x","digits":6,"name":"locked"}}]"#).replace('"', "&quot;")), 0, 1),
        fixture("stratum", "a.json", format!(r#"{{"Authenticators":[{{"Type":2,"Issuer":"GitHub","Username":"octocat","Secret":"{seed}","Algorithm":0,
            "Digits":6,"Period":30,"Counter":0}},{{"Type":5,"Issuer":"Y","Username":"y","Secret":"{seed}","Algorithm":1,"Digits":8}}],
            "Categories":[{{"Id":"c","Name":"Work"}}],"AuthenticatorCategories":[{{"CategoryId":"c","AuthenticatorSecret":"{seed}"}}]}}"#), 0, 1),
        fixture("stratum", "a.html", format!("<!doctype html>\n<html><body><table><tr><td><code>{}</code></td></tr></table></body></html>", uri.replace('&', "&amp;")), 0, 0),
        fixture("otpclient", "a.json", format!(r#"[{{"type":"TOTP","label":"octocat","issuer":"GitHub","secret":"{seed}","digits":6,"algo":"SHA1","period":30}}]"#), 0, 0),
    ]
}

fn keepass_files() -> Vec<Fixture> {
    let (uri, seed) = (uri(), RFC_SECRET);
    let keepass = |fields: &str| {
        format!(
            "<KeePassFile><Meta><RecycleBinEnabled>True</RecycleBinEnabled><RecycleBinUUID>b</RecycleBinUUID></Meta>
            <Root><Group><UUID>a</UUID><Entry>{fields}<History><Entry>{fields}</Entry></History></Entry>
            <Entry><String><Key>Title</Key><Value>no code</Value></String></Entry></Group></Root></KeePassFile>"
        )
    };
    let field = |key: &str, value: &str| format!("<String><Key>{key}</Key><Value>{value}</Value></String>");
    let names = field("Title", "GitHub") + &field("UserName", "octocat");
    vec![
        fixture(
            "keepass",
            "a.xml",
            keepass(&(names.clone() + &field("otp", &uri.replace('&', "&amp;")))),
            0,
            0,
        ),
        fixture(
            "keepass",
            "b.xml",
            keepass(&(names.clone() + &field("TimeOtp-Secret", "12345678901234567890"))),
            0,
            0,
        ),
        fixture(
            "keepass",
            "c.xml",
            keepass(&(names.clone() + &field("TOTP Seed", seed) + &field("TOTP Settings", "30;6"))),
            0,
            0,
        ),
        fixture(
            "keepass",
            "d.xml",
            keepass(&(names + &field("otp", &format!("key={seed}&amp;step=30&amp;size=6&amp;type=Totp")))),
            0,
            0,
        ),
    ]
}

fn tables() -> Vec<Fixture> {
    let (uri, seed) = (uri(), RFC_SECRET);
    vec![
        fixture(
            "keepass",
            "a.csv",
            format!(
                "\"Group\",\"Title\",\"Username\",\"Password\",\"TOTP\"\n\"R\",\"GitHub\",\"octocat\",\"p\",\"{uri}\"\n\"R\",\"short\"\n"
            ),
            0,
            1,
        ),
        fixture(
            "bitwarden",
            "a.csv",
            format!(
                "folder,favorite,type,name,login_uri,login_username,login_totp\n,,login,GitHub,,octocat,{seed}\n,,note,n,,,\n"
            ),
            0,
            0,
        ),
        fixture(
            "1password",
            "a.csv",
            format!("Title,Url,Username,Password,OTPAuth\nGitHub,,octocat,p,{uri}\nx,,u,p,\n"),
            0,
            0,
        ),
        fixture(
            "lastpass",
            "a.csv",
            format!(
                "url,username,password,totp,extra,name,grouping,fav\nhttps://x,octocat,p,{seed},,GitHub,,0\n"
            ),
            0,
            0,
        ),
        fixture(
            "csv",
            "a.csv",
            format!(
                "Service,Login,Secret,Digits,Type\r\nGitHub,octocat,{seed},6,totp\r\nY,y,{seed},8,yandex\r\n"
            ),
            0,
            1,
        ),
    ]
}

fn texts() -> Vec<Fixture> {
    let uri = uri();
    vec![
        fixture(
            "uris",
            "a.txt",
            format!(
                "# mine\n\nMy code: <{uri}>.\n{}\nsteam://MFRGGZDFMZTWQ2LK\nwords\n",
                uri.replace("octocat", "octocat2")
            ),
            2,
            1,
        ),
        fixture(
            "ente",
            "a.txt",
            format!("{uri}&codeDisplay=%7B%22trashed%22%3Atrue%2C%22tags%22%3A%5B%22w%22%5D%7D\n"),
            0,
            0,
        ),
    ]
}

pub fn all_files() -> impl Iterator<Item = Fixture> {
    json_files().into_iter().chain(keepass_files()).chain(tables()).chain(texts())
}

fn is_github(device: &Candidate) -> bool {
    (device.issuer.raw(), device.account.raw()) == ("GitHub", "octocat")
        && device.method.kind() == Kind::Totp
        && device.method.code_at(&device.secret, UnixTime(59)).as_str() == "287082"
}

#[test]
fn each_format_is_known_by_its_contents_and_read() {
    for Fixture { name, text, format, more, refused } in all_files() {
        // A name that says nothing has to do too.
        for name in [name, "download"] {
            let (found, contents) = read_as(name, text.as_bytes(), None)
                .unwrap_or_else(|error| panic!("{format}: {error}\n{text}"));
            assert_eq!(found, format, "{text}");
            assert!(devices(&contents).into_iter().any(is_github), "{format}: {contents:?}\n{text}");
            let counts = (devices(&contents).len(), refusals(&contents).len());
            assert_eq!(counts, (1 + more, refused), "{format}: {contents:?}");
        }
    }
}

#[test]
fn what_people_wrote_about_a_device_comes_with_it() {
    let of = |format: &str| {
        let file = all_files().find(|file| file.format == format).unwrap();
        let (_, contents) = read_as(file.name, file.text.as_bytes(), None).unwrap();
        devices(&contents)[0].clone()
    };
    let aegis = of("aegis");
    assert!(aegis.favourite && aegis.note.raw() == "n" && aegis.tags[0].raw() == "Work");
    assert_eq!(of("2fas").tags[0].raw(), "Work");
    assert_eq!(of("andotp").tags[0].raw(), "Work");
    assert_eq!(of("stratum").tags[0].raw(), "Work");
    assert_eq!(of("proton").note.raw(), "n");
    assert!(of("bitwarden").favourite && of("raivo").favourite && of("lastpass").favourite);
    assert_eq!(of("ente").tags.iter().map(keyfob::text::Text::raw).collect::<Vec<_>>(), ["w", "trashed"]);
}

#[test]
fn a_bare_seed_is_aws_and_named_after_its_file() {
    let seed = "ZW2GEA55WEMAXYVZSJMTJJJZP7E4CGO4E6BHH76NSEIB2DB37LXEEHBM5Z5QEDQU";
    let (format, contents) = read_as("alice-phone.txt", seed.as_bytes(), None).unwrap();
    assert_eq!((format, devices(&contents)[0].account.raw()), ("aws", "alice-phone"));
}

#[test]
fn a_mafile_is_steam_whatever_its_uri_says() {
    let text = r#"{"shared_secret":"zvIayp3JPvtvX/QGHqsqKBk/44s=","uri":"otpauth://totp/Steam:x?secret=ASDF&issuer=Steam","account_name":"gamer"}"#;
    let (format, contents) = read_as("1.maFile", text.as_bytes(), None).unwrap();
    let device = devices(&contents)[0];
    assert_eq!((format, device.account.raw()), ("steam", "gamer"));
    assert_eq!(device.method.code_at(&device.secret, UnixTime(59)).as_str(), "R9XT5");
    let broken = text.replace("zvIayp3JPvtvX/QGHqsqKBk/44s=", "not base64 at all!");
    let (_, contents) = read_as("1.maFile", broken.as_bytes(), None).unwrap();
    assert!(devices(&contents).is_empty() && matches!(refusals(&contents)[..], [Refusal::Encoding(_)]));
}

#[test]
fn gauth_and_duo_name_the_account_alone() {
    let gauth = format!("AWS:{RFC_SECRET}\nother:GEZD GNBV GY3T QOJQ\n");
    let (format, contents) = read_as("gauth.csv", gauth.as_bytes(), None).unwrap();
    assert_eq!(
        (format, devices(&contents).len(), devices(&contents)[1].account.raw()),
        ("gauth", 2, "other")
    );
    let duo = format!(
        r#"[{{"name":"a","otpGenerator":{{"otpSecret":"{RFC_SECRET}","counter":3}}}},{{"name":"push"}}]"#
    );
    let (format, contents) = read_as("duo.json", duo.as_bytes(), None).unwrap();
    assert_eq!(
        (format, devices(&contents)[0].method.counter(), refusals(&contents).len()),
        ("duo", Some(3), 1)
    );
}

#[test]
fn no_two_formats_have_one_name() {
    let mut names: Vec<_> = FORMATS.iter().map(|format| format.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FORMATS.len());
}
