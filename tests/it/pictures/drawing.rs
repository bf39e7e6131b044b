//! What is drawn can be read, by us and by another decoder.

use super::paint::Paint;
use super::{read, read_elsewhere};
use crate::app::stage::{self, PASSPHRASE, Stage};
use keyfob::app::{Appearance, Start};
use keyfob::device::{Device, otpauth};
use keyfob::exchange::{self, File, Keys};
use keyfob::qr::{Ink, Matrix, QUIET, Redundancy, draw, to_png, to_svg};
use keyfob::vault::Vault;
use ratatui::buffer::Buffer;
use ratatui::style::Color;

const AWS: &str = "otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=DRBU3UJ7GE6ETF2ZLLIUU2VD753YGPFZL4SZGBIYVRXMDTFMZTC5JPJPLQJ35THD&issuer=Amazon%20Web%20Services";

/// Both decoders read this in a picture, and nothing else.
#[track_caller]
fn reads(what: &str, picture: &Paint, text: &str) {
    assert_eq!(read(&picture.png()), Ok(vec![text.to_owned()]), "{what}");
    assert_eq!(read_elsewhere(picture), [text], "{what}, by another decoder");
}

/// What a terminal of so many columns and lines shows, as pixels: a cell is 8 wide and 16 high.
fn photographed(drawn: &str, columns: u16, lines: u16) -> Paint {
    let mut screen = vt100::Parser::new(lines.try_into().unwrap(), columns.try_into().unwrap(), 0);
    screen.process(drawn.replace('\n', "\r\n").as_bytes());
    let mut photo = Paint::sheet(usize::from(columns) * 8, usize::from(lines) * 16, 40);
    for line in 0..lines {
        for column in 0..columns {
            let cell = screen.screen().cell(line, column).unwrap();
            let shade = |colour, own| match colour {
                vt100::Color::Default => own,
                vt100::Color::Idx(16 | 0) => 0,
                vt100::Color::Idx(231 | 7) => 255,
                other => panic!("{other:?} is neither black nor white"),
            };
            let (ink, ground): (u8, u8) = (shade(cell.fgcolor(), 220), shade(cell.bgcolor(), 40));
            let [above, below] = match cell.contents() {
                "" | " " => [ground; 2],
                "█" => [ink; 2],
                "▀" => [ink, ground],
                "▄" => [ground, ink],
                // Of a letter enough is seen through: half of it.
                "#" => [ink.midpoint(ground); 2],
                other => panic!("{other:?} is none of ours"),
            };
            for (half, shade) in [(0, above), (1, below)] {
                let half_cell = Paint::sheet(8, 8, shade);
                photo = photo.with(&half_cell, usize::from(column) * 8, usize::from(line) * 16 + half * 8);
            }
        }
    }
    photo
}

#[test]
fn half_blocks_are_read_off_a_terminal_with_any_quiet_zone() {
    let code = Matrix::new(AWS, Redundancy::Least).unwrap();
    for quiet in 1..=QUIET {
        let drawn = draw(&code, quiet, Ink::Blocks);
        reads(&format!("quiet zone of {quiet}"), &photographed(&drawn, 80, 40), AWS);
    }
}

#[test]
fn ascii_is_read_off_a_terminal() {
    let code = Matrix::new(AWS, Redundancy::Least).unwrap();
    let drawn = draw(&code, QUIET, Ink::Ascii);
    assert_eq!(read(&photographed(&drawn, 120, 62).png()), Ok(vec![AWS.to_owned()]));
}

#[test]
fn without_colours_it_is_read_all_the_same() {
    let code = Matrix::new(AWS, Redundancy::Least).unwrap();
    for (ink, columns, lines) in [(Ink::PlainBlocks, 80, 40), (Ink::PlainAscii, 120, 62)] {
        let photo = photographed(&draw(&code, QUIET, ink), columns, lines);
        assert_eq!(read(&photo.png()), Ok(vec![AWS.to_owned()]), "{ink:?}");
    }
}

#[test]
fn what_the_aws_console_makes_fits_80x24_in_its_short_form() {
    let candidate = otpauth::parse(AWS).unwrap();
    let device = device(AWS);
    let short = otpauth::to_short_uri(&device);
    assert_eq!(otpauth::parse(&short).unwrap(), candidate);
    let code = Matrix::new(&short, Redundancy::Least).unwrap();
    let quiet = code.quiet_zone_within(80, 23).expect("it fits");
    reads("80x24", &photographed(&draw(&code, quiet, Ink::Blocks), 80, 24), &short);
}

#[test]
fn png_and_svg_are_read() {
    for redundancy in [Redundancy::Least, Redundancy::Paper] {
        let code = Matrix::new(AWS, redundancy).unwrap();
        assert_eq!(read(&to_png(&code).unwrap()), Ok(vec![AWS.to_owned()]));
        reads("SVG", &rendered(&to_svg(&code)), AWS);
    }
}

#[test]
fn the_sheet_shows_every_device_and_is_read_back() {
    let uris = [
        AWS,
        "otpauth://hotp/VPN:ops?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=VPN&counter=7",
        "otpauth://totp/%3Cscript%3Ealert(1)%3C%2Fscript%3E:%22%26%27?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJR&issuer=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    ];
    let devices: Vec<Device> = uris.iter().map(|uri| device(uri)).collect();
    let format = exchange::by_name("html").unwrap();
    let page = (format.write.unwrap().clear)(&devices.iter().collect::<Vec<_>>());
    let text = std::str::from_utf8(&page).unwrap();
    let articles: Vec<&str> = text.split("<article>").skip(1).collect();
    assert_eq!(articles.len(), uris.len());
    for (article, device) in articles.iter().zip(&devices) {
        let svg = &article[article.find("<svg").unwrap()..article.find("</svg>").unwrap()];
        let texts = read(&rendered(svg).png()).unwrap();
        let found = otpauth::parse(&texts[0]).unwrap();
        assert_eq!((&found.issuer, &found.account), (&device.issuer, &device.account));
        assert!(found.secret == device.secret && found.method == device.method);
    }
    assert!(
        articles[1].contains("GEZD GNBV GY3T QOJQ")
            && articles[1].contains("HOTP, SHA1, 6 digits, counter 7")
    );
    assert!(!text.contains("<script") && text.contains("&lt;script&gt;alert(1)"));
    for outside in ["http:", "https:", "src=", "href=", "url(", "@import"] {
        assert!(!text.replace("http://www.w3.org/2000/svg", "").contains(outside), "{outside}");
    }
    let file = File::new("sheet.html", &page);
    assert_eq!(exchange::sniff(&file).unwrap().name, "html");
    let entries = exchange::read(format, &file, Keys::default()).unwrap().entries;
    let back: Vec<_> = entries.into_iter().map(|entry| entry.found.unwrap()).collect();
    assert_eq!(back, uris.map(|uri| otpauth::parse(uri).unwrap()));
}

#[test]
fn the_full_screen_shows_codes_that_are_read_at_80x24() {
    for (device, columns, rows, unicode) in [
        ("pypi", 80, 24, true),
        ("123456789012", 80, 24, true),
        ("vpn", 80, 24, true),
        ("pypi", 120, 50, false),
    ] {
        let looks = Appearance { colour: true, unicode };
        let mut stage = Stage::changed(|options| options.appearance = looks).at_size(columns, rows);
        stage.keys(&format!("/ '{device}' enter r '{PASSPHRASE}' enter"));
        let photo = photographed_screen(&stage.buffer().0);
        let texts = read(&photo.png()).unwrap_or_else(|why| panic!("{device}: {why:?}\n{}", stage.screen()));
        assert_eq!(texts.len(), 1, "{device}");
        let found = otpauth::parse(&texts[0]).unwrap();
        let shown = stage.vault.devices().find(|shown| shown.secret == found.secret).unwrap();
        assert!(stage.shows(shown.account.raw()) && shown.method == found.method, "{device}");
        if unicode {
            assert_eq!(read_elsewhere(&photo), texts, "{device}, by another decoder");
        }
    }
}

#[test]
fn the_pages_of_a_headings_devices_are_read_back_to_the_last_device() {
    for (columns, rows, unicode) in [(80, 24, true), (120, 50, true), (150, 60, false)] {
        let vault = tagged();
        let mut options = stage::options(Start::Open(Box::new(vault.clone())));
        options.appearance = Appearance { colour: true, unicode };
        let mut stage = Stage::with(vault, options).at_size(columns, rows);
        stage.keys(&format!("t t home r '{PASSPHRASE}' enter"));
        let mut uris = Vec::new();
        for page in 1.. {
            if !stage.shows(&format!("page {page} of ")) {
                break;
            }
            let photo = photographed_screen(&stage.buffer().0);
            let texts = read(&photo.png()).unwrap_or_else(|why| panic!("{why:?}\n{}", stage.screen()));
            assert_eq!(texts.len(), 1, "{}", stage.screen());
            uris.extend(texts);
            let shown = stage.screen();
            stage.keys("right");
            if stage.screen() == shown {
                break;
            }
        }
        let lines = uris.join("\n");
        let file = File::new("uris.txt", lines.as_bytes());
        let format = exchange::by_name("migration").unwrap();
        let contents = exchange::read(format, &file, Keys::default()).unwrap();
        assert!(exchange::missing_parts(&contents.parts).is_empty(), "{columns}x{rows}");
        let found: Vec<_> = contents.entries.into_iter().map(|entry| entry.found.unwrap().secret).collect();
        let carried: Vec<_> = stage.vault.devices().map(|device| device.secret.clone()).collect();
        assert_eq!(found.len(), carried.len(), "{columns}x{rows}");
        assert!(carried.iter().all(|secret| found.contains(secret)), "{columns}x{rows}");
    }
}

/// Devices under one heading, all of which can be carried over.
fn tagged() -> Vault {
    let mut vault = stage::empty();
    for number in 0..5 {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ".to_owned() + ["Q", "R", "S", "T", "U"][number];
        let uri = format!("otpauth://totp/Issuer{number}:alice?secret={secret}&issuer=Issuer{number}");
        stage::add(&mut vault, &uri, |candidate| candidate.tags = vec![stage::line("phone")]);
    }
    vault
}

/// A screen as pixels, on a dark terminal.
fn photographed_screen(screen: &Buffer) -> Paint {
    let (columns, lines) = (usize::from(screen.area.width), usize::from(screen.area.height));
    let mut photo = Paint::sheet(columns * 8, lines * 16, 40);
    for y in 0..lines {
        for x in 0..columns {
            let cell = &screen[(x.try_into().unwrap(), y.try_into().unwrap())];
            let shade = |colour, own| match colour {
                Color::Indexed(16) => 0,
                Color::Indexed(231) => 255,
                _ => own,
            };
            let (ink, ground): (u8, u8) = (shade(cell.fg, 220), shade(cell.bg, 40));
            let [above, below] = match cell.symbol() {
                " " => [ground; 2],
                "█" => [ink; 2],
                "▀" => [ink, ground],
                "▄" => [ground, ink],
                _ => [ink.midpoint(ground); 2],
            };
            for (half, shade) in [(0, above), (1, below)] {
                photo = photo.with(&Paint::sheet(8, 8, shade), x * 8, y * 16 + half * 8);
            }
        }
    }
    photo
}

/// An SVG of ours as pixels, eight a module, by a reader of exactly these paths.
fn rendered(svg: &str) -> Paint {
    let side: usize = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let mut picture = Paint::sheet(side * 8, side * 8, 255);
    let path = svg.split("fill=\"#000\" d=\"").nth(1).unwrap().split('"').next().unwrap();
    for run in path.split('M').skip(1) {
        let (start, rest) = run.split_once('h').unwrap();
        let (x, y) = start.split_once(' ').unwrap();
        let length = rest.split('v').next().unwrap();
        let [x, y, length] = [x, y, length].map(|number| number.parse::<usize>().unwrap());
        picture = picture.with(&Paint::sheet(length * 8, 8, 0), x * 8, y * 8);
    }
    picture
}

fn device(uri: &str) -> Device {
    use keyfob::clock::UnixTime;
    use keyfob::vault::{Change, VaultId, WriterId};
    let mut vault = Vault::empty(VaultId(uuid::Uuid::from_u128(1)), WriterId(1));
    let candidate = otpauth::parse(uri).unwrap();
    vault.apply(&Change::Add(Box::new(candidate)), UnixTime(59)).unwrap();
    vault.devices().next().unwrap().clone()
}
