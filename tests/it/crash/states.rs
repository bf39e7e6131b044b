//! Every state that a crash can leave behind.

use super::disk::{Bytes, Event, Files, Inode};
use keyfob::vault::Vault;
use std::collections::BTreeSet;
use std::path::Path;

/// Up to so many changes of names that may or may not be on the disk, all their subsets are tried; of more, a sample.
const ALL_SUBSETS_OF: usize = 12;
/// How large that sample is.
const SAMPLE: u64 = 4096;
/// At how many places a write that was not synced is torn.
const CUTS: usize = 4;

/// What is on the disk after a crash, and what was said by then.
pub struct State<'a> {
    pub files: Files,
    /// What was said to be saved last.
    pub said: Option<&'a Vault>,
    /// What is about to be said.
    pub coming: Option<&'a Vault>,
}

/// Hands each state after each event to `look`; how many there were.
pub fn after_crashes<'a>(before: &Files, events: &'a [Event], mut look: impl FnMut(State<'a>)) -> usize {
    let mut count = 0;
    for length in 0..=events.len() {
        let (past, future) = events.split_at(length);
        let vault = |event: &'a Event| match event {
            Event::Saved(vault) => Some(&**vault),
            _ => None,
        };
        let said = past.iter().rev().find_map(vault);
        let coming = future.iter().find_map(vault);
        let (durable, pending) = names_on_disk(past);
        for subset in subsets(pending.len()) {
            let mut files = before.clone();
            let chosen = pending.iter().enumerate().filter(|(index, _)| subset >> index & 1 == 1);
            let mut order: Vec<usize> = durable.iter().copied().chain(chosen.map(|(_, at)| *at)).collect();
            order.sort_unstable();
            for at in order {
                files.take(&past[at]);
            }
            for contents in contents_on_disk(before, past, &files) {
                let files = Files { names: files.names.clone(), contents };
                look(State { files, said, coming });
                count += 1;
            }
        }
    }
    count
}

/// Which changes of names are on the disk for sure, and which may be.
fn names_on_disk(past: &[Event]) -> (Vec<usize>, Vec<usize>) {
    let mut durable = Vec::new();
    let mut pending: Vec<usize> = Vec::new();
    for (at, event) in past.iter().enumerate() {
        match event {
            Event::Names(_) => pending.push(at),
            Event::SyncFolder(folder) => {
                let (synced, rest) =
                    pending.into_iter().partition(|at| folder_of(&past[*at]) == Some(folder));
                durable.extend::<Vec<usize>>(synced);
                pending = rest;
            }
            _ => {}
        }
    }
    (durable, pending)
}

fn folder_of(event: &Event) -> Option<&Path> {
    match event {
        Event::Names(names) => names.first()?.0.parent(),
        _ => None,
    }
}

fn subsets(of: usize) -> Box<dyn Iterator<Item = u64>> {
    if of <= ALL_SUBSETS_OF {
        return Box::new(0..1 << of);
    }
    // A fixed sample, spread by the multiplier of Knuth's MMIX generator.
    Box::new((0..SAMPLE).map(|n| n.wrapping_mul(6_364_136_223_846_793_005).rotate_left(31)))
}

/// What the files' bytes may be: all that was synced, and of what was not, so much of it as came before some
/// place, with nothing or zeros after it. Only files that have a name count.
fn contents_on_disk(before: &Files, past: &[Event], files: &Files) -> Vec<Vec<Bytes>> {
    let named: BTreeSet<Inode> = files.names.values().copied().collect();
    let mut all = vec![before.contents.clone()];
    for inode in named {
        let durable = before.contents.get(inode).map_or(&[][..], |bytes| bytes);
        let touched =
            |event: &Event| matches!(event, Event::Write(at, _) | Event::Truncate(at) if *at == inode);
        if !past.iter().any(touched) && inode < before.contents.len() {
            continue;
        }
        let variants = bytes_on_disk(durable, past, inode);
        let with = |contents: &Vec<Bytes>, bytes: &Vec<u8>| {
            let mut files = Files { contents: contents.clone(), ..Files::default() };
            files.file(inode).clone_from(bytes);
            files.contents
        };
        all = all.iter().flat_map(|contents| variants.iter().map(|bytes| with(contents, bytes))).collect();
    }
    all
}

fn bytes_on_disk(before: &[u8], past: &[Event], inode: Inode) -> Vec<Vec<u8>> {
    let (mut durable, mut now) = (before.to_vec(), before.to_vec());
    for event in past {
        match event {
            Event::Write(at, bytes) if *at == inode => now.extend_from_slice(bytes),
            Event::Truncate(at) if *at == inode => now.clear(),
            Event::Sync(at) if *at == inode => durable.clone_from(&now),
            _ => {}
        }
    }
    if durable == now {
        return vec![now];
    }
    let zeros =
        |from: usize| now[..from].iter().copied().chain(std::iter::repeat_n(0, now.len() - from)).collect();
    let cuts = (0..CUTS).map(|cut| now.len() * cut / CUTS);
    let torn = cuts.flat_map(|at| [now[..at].to_vec(), zeros(at)]);
    let mut variants: Vec<Vec<u8>> = [durable].into_iter().chain(torn).chain([now.clone()]).collect();
    variants.dedup();
    variants
}
