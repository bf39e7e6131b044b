//! Strings that mean harm, from a table of their kinds.

use std::collections::BTreeSet;

/// What opens a control sequence of these kinds: in seven bits, and as the one character that C1 has for it.
const CSI: [&str; 2] = ["\u{1b}[", "\u{9b}"];
const OSC: [&str; 2] = ["\u{1b}]", "\u{9d}"];
const DCS: [&str; 2] = ["\u{1b}P", "\u{90}"];
/// SOS, PM and APC, both ways.
const OTHERS: [&str; 6] = ["\u{1b}X", "\u{98}", "\u{1b}^", "\u{9e}", "\u{1b}_", "\u{9f}"];
/// How such a string ends: BEL, ST both ways, CAN, with the next sequence, or not at all.
const ENDS: [&str; 6] = ["\u{7}", "\u{1b}\\", "\u{9c}", "\u{18}", "\u{1b}[m", ""];

/// Titles, icons, colours, folders, links, notifications, progress, clipboards, files, fonts, prompts, and queries.
const OSC_BODIES: &[&str] = &[
    "0;owned",
    "1;icon",
    "2;owned",
    "4;1;?",
    "4;0;#ffffff",
    "5;0;?",
    "7;file://evil/etc",
    "8;;http://evil.example",
    "9;owned",
    "9;4;3;50",
    "10;?",
    "11;#000000",
    "12;?",
    "17;?",
    "22;wait",
    "50;?",
    "52;c;Y3VybCBldmlsfHNo",
    "52;c;?",
    "52;p;!",
    "99;i=1;owned",
    "104",
    "110",
    "133;A",
    "555",
    "633;E;rm -rf",
    "697;x",
    "777;notify;owned;text",
    "1337;File=inline=1:AAAA",
    "1337;RequestAttention=yes",
    "1337;CopyToClipboard=",
    "l",
    "Iicon",
];
/// Reports, settings, sixels, macros, tmux's way through.
const DCS_BODIES: &[&str] = &[
    "$qm",
    "+q544e",
    "1$r0m",
    "0;1|17/ab",
    "q#0;2;0;0;0~~",
    "1;1;0!zff",
    "tmux;\u{1b}\u{1b}]52;c;QQ==\u{7}",
    "=1s",
    "1000p",
];
const OTHER_BODIES: &[&str] = &["Gf=100,a=T;AAAA", "owned", "\u{1b}\u{1b}"];
/// Reports that a terminal answers, modes, erasing, moving, scrolling, styles, repeating, resetting.
const CSI_BODIES: &[&str] = &[
    "5n",
    "6n",
    "?6n",
    "c",
    ">c",
    "=c",
    "21t",
    "20t",
    "18t",
    "8;1;1t",
    "2t",
    "?1049h",
    "?1049l",
    "?25l",
    "?25h",
    "?7l",
    "?5h",
    "?2004l",
    "?2004h",
    "?1000h",
    "?1003h",
    "?1006h",
    "?1004h",
    "?2026h",
    "?69h",
    "?9001h",
    "2J",
    "3J",
    "H",
    "1;1H",
    "999B",
    "2K",
    "31m",
    "8m",
    "5m",
    "38;2;1;2;3m",
    "4:3m",
    "2;5r",
    "s",
    "u",
    "4h",
    "20h",
    "4i",
    "5i",
    "!p",
    "62;1\"p",
    "?1$p",
    ">4;2m",
    ">1u",
    "?u",
    ">q",
    "2 q",
    "1000000b",
    "9999L",
    "9999P",
    "9999X",
    "99S",
    "3g",
    "200~",
    "201~",
    "?62c",
    "0y",
    "x",
    "",
    "999999999999999999999m",
    "31",
    "1;2;3",
];
/// Single escapes: reset, save, index, shifts, keypad, character sets, locking shifts.
const ESC_BODIES: &[&str] = &[
    "c", "7", "8", "D", "E", "H", "M", "N", "O", "Z", "=", ">", "#8", "(0", ")0", "%G", "%@", "n", "o", "|",
    "l", "m", "6", "9", "V", "W", " F", "\u{1b}", "",
];
/// Marks, joiners and orders that hide, turn or smear.
const UNSEEN: &[&str] = &[
    "\u{202e}gpj.exe",
    "abc\u{202a}d\u{202b}e\u{202c}f\u{202d}g",
    "\u{2066}a\u{2067}b\u{2068}c\u{2069}",
    "a\u{200e}b\u{200f}c\u{61c}d",
    "pay\u{2067}\u{202e}lap\u{2069}",
    "zero\u{200b}width",
    "non\u{200c}joiner",
    "join\u{200d}er",
    "word\u{2060}joiner",
    "\u{feff}byte order",
    "in\u{2061}vi\u{2062}si\u{2063}ble\u{2064}",
    "old\u{206a}\u{206b}\u{206c}\u{206d}\u{206e}\u{206f}",
    "soft\u{ad}hyphen",
    "\u{34f}\u{34f}\u{34f}",
    "\u{115f}\u{1160}\u{3164}\u{ffa0}",
    "\u{17b4}\u{17b5}",
    "\u{180b}\u{180c}\u{180d}\u{180e}\u{180f}",
    "line\u{2028}separator",
    "paragraph\u{2029}separator",
    "tag\u{e0001}\u{e0041}\u{e0042}\u{e007f}",
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "\u{e0020}\u{e0021}\u{e0022}",
    "\u{fe00}\u{fe0e}\u{fe0f}\u{e0100}\u{e01ef}",
    "a\u{fe0f}b\u{fe0e}",
    "\u{e000}\u{e0b0}\u{f8ff}",
    "\u{f0000}\u{10fffd}",
    "\u{fdd0}\u{fdef}\u{fffe}\u{ffff}\u{1fffe}\u{10ffff}",
    "\u{fff9}a\u{fffa}b\u{fffb}\u{fffc}",
    "\u{1d173}\u{1d17a}\u{1bca0}\u{1bca3}",
    "\u{13430}\u{1343f}",
    "\u{fffd}\u{fffd}",
    "👩\u{200d}",
    "\u{200d}👩",
    "👩\u{200d}\u{200d}💻",
    "👩\u{200d}x",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "👩🏽\u{200d}🚀",
    "❤\u{fe0f}\u{200d}🔥",
    "🏳\u{fe0f}\u{200d}🌈",
    "🇩🇪🇫",
    "1\u{fe0f}\u{20e3}\u{20e3}",
    "🏽🏽🏽",
    "𒐫﷽⸻꧅",
    "ﷺﷺﷺ",
    "漢\u{301}字\u{302}",
    "ก็็็็็็็็็็",
    "ᄀᄀᄀ각ᇂᇂᇂ",
    "\u{1b}\u{202e}[31m",
    "раураl.com",
    "ＧｉｔＨｕｂ",
];

/// What moves, hides or quotes within a line, and words that mean something to a shell, a page or a command line.
const LINES: &[&str] = &[
    "good\u{8}\u{8}\u{8}\u{8}evil",
    "one\rtwo",
    "one\ntwo",
    "one\r\n\r\ntwo",
    "keyfob: note: all is well\nkeyfob: /etc/passwd: deleted",
    "tab\t\t\tstop",
    "\u{b}\u{c}\u{85}down",
    "shift\u{e}out\u{f}in",
    "%s%n%x{0}{}$(id)`id`",
    "'; rm -rf ~; '",
    "--help",
    "-",
    "~",
    "../../../etc/passwd",
    "<script>alert(1)</script>",
    "\"quoted\" \\back\\slash",
];

/// All of them, each once; none is empty, none longer than a name may be.
pub fn strings() -> Vec<String> {
    let mut all = sequences();
    let mut add = |text: String| all.push(text);
    let controls = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
    for control in controls {
        add(format!("a{control}b{control}{control}c"));
    }
    for text in UNSEEN.iter().chain(LINES) {
        add((*text).to_owned());
    }
    for marks in [3, 7, 30, 120] {
        add(format!("Z{}algo", "\u{301}\u{489}\u{33f}".chars().cycle().take(marks).collect::<String>()));
        add("\u{300}\u{20dd}".chars().cycle().take(marks).collect());
    }
    for length in [40, 79, 80, 81, 250] {
        add(format!("{}\u{1b}[31m", "x".repeat(length)));
        add(format!("{}\u{202e}", "漢".repeat(length / 2)));
    }
    let mut seen = BTreeSet::new();
    all.retain(|text| seen.insert(text.clone()));
    all
}

/// Every control sequence of the table, opened and ended in every way or in turn.
fn sequences() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |text: String| all.push(text);
    for (at, body) in OSC_BODIES.iter().enumerate() {
        for (open, ends) in OSC.iter().zip([&ENDS[..], &ENDS[at % 6..=at % 6]]) {
            for end in ends {
                add(format!("a{open}{body}{end}b"));
            }
        }
    }
    for open in DCS {
        for (body, end) in DCS_BODIES.iter().zip(ENDS.iter().cycle()) {
            add(format!("{open}{body}{end}b"));
        }
    }
    for open in OTHERS {
        for (body, end) in OTHER_BODIES.iter().zip(&ENDS[1..]) {
            add(format!("a{open}{body}{end}"));
        }
    }
    for open in CSI {
        for body in CSI_BODIES {
            add(format!("a{open}{body}b"));
        }
    }
    for body in ESC_BODIES {
        add(format!("a\u{1b}{body}"));
    }
    all
}

/// Bytes that are no text: raw C1, forms that are too long, halves of pairs, what is cut off, what no text has.
pub fn bytes() -> Vec<Vec<u8>> {
    let whole: [&[u8]; 14] = [
        b"a\x9b31mb",
        b"a\x9d0;owned\x9cb",
        b"\x90q\x9c",
        b"\x85\x8d",
        b"\xc0\x9b31m",
        b"\xe0\x80\x9b31m",
        b"\xf0\x80\x80\x9b31m",
        b"\xc0\x80",
        b"\xed\xa0\x80\xed\xb0\x80",
        b"\xf4\x90\x80\x80",
        b"cut\xe2\x80",
        b"\xff\xfe\x1b[31m",
        b"\xf8\x88\x80\x80\x80",
        b"\xc2",
    ];
    let mut all: Vec<Vec<u8>> = whole.iter().map(|bytes| bytes.to_vec()).collect();
    all.extend((0x80..=0x9f).map(|c1| vec![b'a', c1, b'b']));
    all
}

#[test]
fn there_are_over_four_hundred_of_every_kind() {
    let strings = strings();
    assert!(strings.len() >= 400, "{}", strings.len());
    assert!(strings.iter().all(|text| !text.is_empty() && text.len() < 1000));
    let with = |character: char| strings.iter().filter(|text| text.contains(character)).count();
    assert!(with('\u{1b}') > 200 && with('\u{9b}') > 50 && with('\u{9d}') > 30);
    assert!(('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}').all(|control| with(control) > 0));
    assert!(bytes().iter().all(|bytes| std::str::from_utf8(bytes).is_err()));
    crate::harness::say(&format!("{} strings, {} that are no text", strings.len(), bytes().len()));
}
