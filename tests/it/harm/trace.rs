//! What strace tells, taken apart.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};

/// A system call.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it is called.
    pub name: String,
    /// The texts among its arguments, as bytes.
    pub texts: Vec<Vec<u8>>,
    /// All of it but the texts.
    pub told: String,
}

impl Call {
    /// The path that is opened: the first text, from the folder that it counts from.
    pub fn path(&self) -> PathBuf {
        let path = PathBuf::from(OsString::from_vec(self.texts.first().cloned().unwrap_or_default()));
        let folder = self.told.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
        folder.map_or_else(|| path.clone(), |(folder, _)| Path::new(folder).join(&path))
    }
}

/// The calls of a log that was made with `-f -xx`: every text in hexadecimal, one call a line. Halves of calls that
/// were interrupted are calls too: whichever half has the texts counts.
pub fn calls(log: &str) -> Vec<Call> {
    log.lines().filter_map(call).collect()
}

fn call(line: &str) -> Option<Call> {
    let (_, line) = line.split_once(' ')?;
    let line = line.trim_start();
    let line = line.strip_prefix("<... ").unwrap_or(line);
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')?;
    let mut texts = Vec::new();
    let mut told = String::new();
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 0 {
            told.push_str(&plain(part));
        } else {
            texts.push(bytes(part));
            told.push('"');
        }
    }
    (end > 0).then(|| Call { name: line[..end].to_owned(), texts, told })
}

/// What stands outside of the texts: what a descriptor leads to is written as they are.
fn plain(part: &str) -> String {
    let mut pieces = part.split("\\x");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |plain, piece| {
        let byte = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()).unwrap_or(b'?');
        plain + &String::from_utf8_lossy(&[byte]) + piece.get(2..).unwrap_or_default()
    })
}

/// `\x2f\x61`, as bytes.
fn bytes(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).map(|byte| u8::from_str_radix(&byte[..2], 16).unwrap()).collect()
}

#[test]
fn calls_are_read() {
    let log = "12 openat(AT_FDCWD</x>, \"\\x2f\\x61\", O_RDONLY|O_CLOEXEC) = 3</a>\n\
               12 write(5<\\x2f\\x64ev/pts/1>, \"\\x68\\x69\", 2 <unfinished ...>\n\
               13 exit_group(0) = ?\n\
               12 <... write resumed>) = 2\n\
               12 +++ exited with 0 +++\n";
    let calls = calls(log);
    let names: Vec<&str> = calls.iter().map(|call| call.name.as_str()).collect();
    assert_eq!(names, ["openat", "write", "exit_group", "write"]);
    assert_eq!(calls[0].path(), PathBuf::from("/a"));
    assert_eq!(calls[1].texts, [b"hi"]);
    assert!(calls[1].told.contains("</dev/pts/1>"));
}
