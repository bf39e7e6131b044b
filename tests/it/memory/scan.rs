//! What stands in another process's memory.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

/// So many bytes of a secret in a row count as a find: a rest of one tells much of it.
const WINDOW: usize = 8;

/// What must not be found: names, and bytes.
pub type Needles = Vec<(String, Vec<u8>)>;

/// How often each needle's parts were found, and where first. None where the process may not be looked into: it
/// can't be dumped or traced by its own user, only by one who may trace all.
pub fn scan(pid: i32, needles: &Needles) -> Option<HashMap<String, usize>> {
    let memory = File::open(format!("/proc/{pid}/mem")).ok()?;
    let mut windows: HashMap<[u8; WINDOW], &str> = HashMap::new();
    for (name, bytes) in needles {
        assert!(bytes.len() >= WINDOW, "{name} is too short to be looked for");
        windows.extend(bytes.windows(WINDOW).map(|window| (window.try_into().unwrap(), name.as_str())));
    }
    // A sieve by the first two bytes: most places are no beginning of anything.
    let mut starts = vec![false; 1 << 16];
    for window in windows.keys() {
        starts[usize::from(u16::from_le_bytes([window[0], window[1]]))] = true;
    }
    let mut found = HashMap::new();
    for bytes in maps(pid).into_iter().filter_map(|(start, end)| read(&memory, start, end).ok()) {
        for seen in bytes.windows(WINDOW) {
            if starts[usize::from(u16::from_le_bytes([seen[0], seen[1]]))]
                && let Some(name) = windows.get(seen)
            {
                *found.entry((*name).to_owned()).or_insert(0) += 1;
            }
        }
    }
    Some(found)
}

/// The readable parts of a process's memory.
fn maps(pid: i32) -> Vec<(u64, u64)> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let range = |line: &str| {
        let (range, rest) = line.split_once(' ')?;
        // What the kernel itself keeps there can't be read as a file.
        if !rest.starts_with('r') || rest.ends_with("[vvar]") || rest.ends_with("[vsyscall]") {
            return None;
        }
        let (start, end) = range.split_once('-')?;
        Some((u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?))
    };
    text.lines().filter_map(range).collect()
}

fn read(memory: &File, start: u64, end: u64) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; usize::try_from(end - start).unwrap()];
    memory.read_exact_at(&mut bytes, start)?;
    Ok(bytes)
}
