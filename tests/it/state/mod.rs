//! What this machine remembers: whatever happens to it, and what does not stand in it.

use keyfob::device::DeviceId;
use keyfob::state::{Grouping, HeadingId, Remembered, Sort, State, View, ViewChange, is_spent};
use keyfob::vault::VaultId;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use uuid::Uuid;

const VAULT: VaultId = VaultId(Uuid::from_u128(0x1234_5678));

fn device(number: u128) -> DeviceId {
    DeviceId(Uuid::from_u128(number))
}

fn folder() -> (TempDir, State) {
    let folder = tempfile::tempdir().unwrap();
    let state = State::at(folder.path().join("keyfob"));
    (folder, state)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut todo = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
        found.push(path);
    }
    found
}

#[test]
fn a_step_is_handed_out_once_and_later_ones_after_it() {
    let (_folder, state) = folder();
    assert_eq!(state.spend(device(1), 10).unwrap(), None);
    assert_eq!(state.spend(device(1), 10).unwrap(), Some(10));
    assert_eq!(state.spend(device(1), 9).unwrap(), Some(10));
    assert_eq!(state.spend(device(2), 9).unwrap(), None);
    assert_eq!(state.spend(device(1), 11).unwrap(), None);
    assert_eq!(state.recall(VAULT).spent, [(device(1), 11), (device(2), 9)].into());
}

#[test]
fn a_step_of_the_far_future_was_written_by_a_wrong_clock() {
    let (_folder, state) = folder();
    state.spend(device(1), 1000).unwrap();
    assert!(is_spent(1000, 998) && !is_spent(1000, 997) && !is_spent(1000, 1001));
    assert_eq!(state.spend(device(1), 10).unwrap(), None);
    assert_eq!(state.recall(VAULT).spent, [(device(1), 10)].into());
}

#[test]
fn a_view_is_remembered_by_vault() {
    let (_folder, state) = folder();
    let heading = HeadingId::of(VAULT, Grouping::Tag, "work");
    for change in [
        ViewChange::Sort(Sort::Used),
        ViewChange::Group(Grouping::Tag),
        ViewChange::Fold(heading),
        ViewChange::Used(device(1)),
        ViewChange::Used(device(2)),
        ViewChange::Used(device(1)),
    ] {
        state.change_view(VAULT, &change).unwrap();
    }
    let view = state.recall(VAULT).view;
    assert_eq!((view.sort, view.grouping), (Sort::Used, Grouping::Tag));
    assert_eq!(view.folded, [heading].into());
    assert_eq!(view.recent, [device(1), device(2)]);
    state.change_view(VAULT, &ViewChange::Unfold(heading)).unwrap();
    assert!(state.recall(VAULT).view.folded.is_empty());
    assert_eq!(state.recall(VaultId(Uuid::from_u128(9))).view, View::default());
}

#[test]
fn two_writers_lose_nothing_of_each_other() {
    let (_folder, state) = folder();
    let write = |from: u128| {
        for number in from..from + 40 {
            state.spend(device(number), 7).unwrap();
            state.change_view(VAULT, &ViewChange::Used(device(number))).unwrap();
        }
    };
    std::thread::scope(|scope| {
        for from in [0, 100, 200] {
            let write = &write;
            scope.spawn(move || write(from));
        }
    });
    let remembered = state.recall(VAULT);
    assert_eq!((remembered.spent.len(), remembered.view.recent.len()), (120, 120));
}

#[test]
fn of_writers_of_one_step_one_gets_it() {
    let (_folder, state) = folder();
    let taken = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8).map(|_| scope.spawn(|| state.spend(device(1), 5).unwrap())).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
    });
    assert_eq!(taken.iter().filter(|last| last.is_none()).count(), 1, "{taken:?}");
}

#[test]
fn damaged_lines_are_left_out_and_the_others_count() {
    let (folder, state) = folder();
    state.spend(device(1), 10).unwrap();
    state.change_view(VAULT, &ViewChange::Sort(Sort::Newest)).unwrap();
    state.change_view(VAULT, &ViewChange::Used(device(3))).unwrap();
    let view = files(&folder.path().join("keyfob/views"));
    let view = view.iter().find(|path| path.is_file() && path.extension().is_none()).unwrap();
    for path in [&folder.path().join("keyfob/spent"), view] {
        let good = fs::read(path).unwrap();
        let rubbish = [
            &b"\xff\xfe\x00 7\nsort sideways\ngroup\nfolded xyz\nused nobody\n-1 -1\n"[..],
            &good,
            b"99999999999999999999 1\nused ",
        ];
        fs::write(path, rubbish.concat()).unwrap();
    }
    let remembered = state.recall(VAULT);
    assert_eq!(remembered.spent, [(device(1), 10)].into());
    assert_eq!((remembered.view.sort, remembered.view.recent.as_slice()), (Sort::Newest, &[device(3)][..]));
    state.spend(device(2), 3).unwrap();
    assert_eq!(state.recall(VAULT).spent.len(), 2);
}

#[test]
fn what_can_not_be_read_is_not_known_and_what_can_not_be_written_is_said() {
    let (folder, state) = folder();
    fs::write(folder.path().join("keyfob"), "in the way").unwrap();
    assert_eq!(state.recall(VAULT), Remembered::default());
    let error = state.spend(device(1), 1).unwrap_err();
    assert!(error.file.ends_with("keyfob/spent"), "{error}");
    assert!(state.change_view(VAULT, &ViewChange::Sort(Sort::Used)).is_err());
}

#[test]
fn a_huge_file_is_not_read_to_its_end() {
    let (folder, state) = folder();
    state.spend(device(1), 1).unwrap();
    let path = folder.path().join("keyfob/spent");
    fs::write(&path, format!("{} 5\n{}", device(1), "x".repeat(3 << 20))).unwrap();
    assert_eq!(state.recall(VAULT).spent, [(device(1), 5)].into());
    state.spend(device(1), 6).unwrap();
    assert!(fs::metadata(&path).unwrap().len() < 100);
}

#[test]
fn all_of_it_is_only_for_the_user_and_nothing_is_left_over() {
    let (folder, state) = folder();
    state.spend(device(1), 1).unwrap();
    state.change_view(VAULT, &ViewChange::Used(device(1))).unwrap();
    let all = files(&folder.path().join("keyfob"));
    for path in &all {
        let wanted = if path.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, wanted, "{}", path.display());
        assert!(path.extension().is_none_or(|extension| extension == "lock"), "{}", path.display());
    }
    assert_eq!(all.len(), 6, "{all:?}");
}

#[test]
fn no_name_and_no_vault_stands_in_it_or_can_be_guessed_without_the_vault() {
    let (folder, state) = folder();
    let heading = HeadingId::of(VAULT, Grouping::Issuer, "github");
    state.change_view(VAULT, &ViewChange::Fold(heading)).unwrap();
    let other = VaultId(Uuid::from_u128(2));
    assert_ne!(heading, HeadingId::of(other, Grouping::Issuer, "github"));
    assert_ne!(heading, HeadingId::of(VAULT, Grouping::Tag, "github"));
    for path in files(folder.path()) {
        let shown = path.display().to_string() + &fs::read_to_string(&path).unwrap_or_default();
        for name in ["github", &VAULT.0.to_string(), &VAULT.0.simple().to_string()] {
            assert!(!shown.to_lowercase().contains(name), "{shown}");
        }
    }
}

#[test]
fn read_only_nothing_is_written_and_all_is_read() {
    let (folder, state) = folder();
    state.spend(device(1), 4).unwrap();
    let before = files(folder.path()).len();
    let looking = state.clone().read_only();
    assert_eq!(looking.spend(device(1), 9).unwrap(), None);
    looking.change_view(VAULT, &ViewChange::Sort(Sort::Used)).unwrap();
    assert_eq!(files(folder.path()).len(), before);
    assert_eq!(looking.recall(VAULT).spent, [(device(1), 4)].into());
}
