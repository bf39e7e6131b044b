//! The checks of this folder find what is planted for them.

use super::absences::{RULES, TEST_RULES, broken_rules, broken_texts, lines_of_code};
use super::floors::{circles, floors, upward};
use super::imports::{File, imports};

const LIB: &str =
    "pub mod clock; // floor 0\npub mod text;\n\npub mod device; // floor 2\npub mod vault; // floor 3\n";

fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

fn up(files: &[File]) -> Vec<String> {
    upward(&imports(files), &floors(LIB))
}

fn floor_files(query: &str) -> Vec<File> {
    vec![
        file("src/lib.rs", LIB),
        file("src/clock.rs", ""),
        file("src/text.rs", ""),
        file("src/device/mod.rs", "mod query;\npub struct Device;\n"),
        file("src/device/query.rs", query),
        file("src/vault/mod.rs", "mod store;\npub use store::Store;\n"),
        file("src/vault/store.rs", "pub struct Store;\n"),
    ]
}

#[test]
fn floors_are_read_from_the_comments() {
    let table = floors(LIB);
    let want = [("clock", 0), ("text", 0), ("device", 2), ("vault", 3)];
    assert_eq!(table, want.map(|(name, floor)| (name.to_owned(), floor)).into());
}

#[test]
fn an_import_that_points_up_is_named() {
    let planted = [
        "use crate::vault::Store;",
        "use crate::{clock, vault::{self, Store}};",
        "use super::super::vault;\n",
        "fn f() { let s = crate::vault::Store; }",
        "mod inner { use super::super::super::vault::Store; }",
        "fn f<'a>(x: &'a str) -> char { crate::vault::g(x); '\"' }",
        "const C: char = '\\''; use crate::vault::Store;",
    ];
    for text in planted {
        let found = up(&floor_files(text));
        assert_eq!(found, ["device -> vault: src/device/query.rs:1 imports up"], "{text}");
    }
    let line_two = up(&floor_files("// one\nuse crate::vault::Store;"));
    assert_eq!(line_two, ["device -> vault: src/device/query.rs:2 imports up"]);
}

#[test]
fn what_imports_nothing_upward_is_left_alone() {
    let fine = [
        "use crate::clock::UnixTime;",
        "use super::Device;",
        "use std::fmt; use other::vault::Store;",
        "// use crate::vault::Store;",
        "/// [`crate::vault::Store`]\nfn f() {}",
        "/* /* use crate::vault::A; */ use crate::vault::B; */",
        "const S: &str = \"use crate::vault::Store;\";",
        "const S: &str = r#\"\"use crate::vault::Store;\"#;",
        "pub(in crate::vault) fn f() {}",
        "#[cfg(test)]\nmod tests { use crate::vault::Store; fn f() { {} } }",
        "#[cfg(test)]\nuse crate::vault::Store;",
    ];
    for text in fine {
        assert_eq!(up(&floor_files(text)), [""; 0], "{text}");
    }
}

#[test]
fn a_module_without_a_floor_is_named() {
    let mut files = floor_files("use crate::attic::Trunk;");
    files.push(file("src/attic.rs", ""));
    assert_eq!(up(&files), ["device -> attic: src/device/query.rs:1 has no floor in src/lib.rs"]);
}

#[test]
fn a_circle_on_one_floor_is_named() {
    let files = [
        file("src/lib.rs", LIB),
        file("src/clock.rs", "use crate::text::safe;"),
        file("src/text.rs", "\nfn f() { crate::clock::now() }"),
    ];
    let found = circles(&imports(&files));
    assert_eq!(found, ["clock -> text -> clock: a circle, by src/clock.rs:1, src/text.rs:2"]);
}

#[test]
fn a_circle_among_the_files_of_a_module_is_named_through_its_facade() {
    let files = [
        file("src/lib.rs", LIB),
        file(
            "src/vault/mod.rs",
            "mod store;\nmod session;\npub use session::Session;\npub use store::{Stamp as FileStamp, Store};",
        ),
        file("src/vault/store.rs", "use super::session::Session;"),
        file("src/vault/session.rs", "use super::FileStamp;"),
    ];
    let found = circles(&imports(&files));
    let want = "vault::session -> vault::store -> vault::session: a circle, by src/vault/session.rs:1, src/vault/store.rs:1";
    assert_eq!(found, [want]);
}

#[test]
fn a_facade_and_its_files_are_no_circle() {
    let files = [
        file("src/lib.rs", LIB),
        file("src/device/mod.rs", "mod candidate;\npub use candidate::Candidate;\npub struct Device;"),
        file("src/device/candidate.rs", "use super::Device;"),
    ];
    assert_eq!(circles(&imports(&files)), [""; 0]);
}

#[test]
fn neighbours_named_in_one_brace_do_not_name_their_parent() {
    let files = [
        file("src/device/mod.rs", "mod a;\nmod b;\nmod c;\nfn f() { a::f() }"),
        file("src/device/a.rs", "use super::{b, c};\npub fn f() { b::f(); c::f() }"),
        file("src/device/b.rs", "pub fn f() {}"),
        file("src/device/c.rs", "pub fn f() {}"),
    ];
    assert_eq!(circles(&imports(&files)), Vec::<String>::new());
}

#[test]
fn a_facade_that_works_with_its_files_is_one() {
    let files = [
        file("src/lib.rs", LIB),
        file("src/device/mod.rs", "mod query;\npub struct Device;\nfn f() { query::pick() }"),
        file("src/device/query.rs", "use super::Device;"),
    ];
    let want = "device -> device::query -> device: a circle, by src/device/mod.rs:3, src/device/query.rs:1";
    assert_eq!(circles(&imports(&files)), [want]);
}

#[test]
fn what_must_be_absent_is_found() {
    let planted = [
        "fn f() { std::time::SystemTime::now(); }",
        "fn f() { Instant::now(); }",
        "fn f() { unsafe { g() } }",
        "fn f() { println!(\"x\"); }",
        "fn f() { eprint!(\"x\"); }",
        "fn f() { todo!() }",
        "use ratatui::Frame;",
        "use serde::Serialize;",
        "fn f(x: &age::Encryptor) {}",
    ];
    for text in planted {
        let found = broken_rules(&file("src/device/query.rs", text), RULES);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].starts_with("src/device/query.rs:1: `"), "{found:?}");
    }
    for text in ["#[ignore]\n#[test]\nfn f() {}", "#[ignore = \"why\"]", "fn f() { std::thread::sleep(t) }"] {
        assert_eq!(broken_rules(&file("tests/it/cli/mod.rs", text), TEST_RULES).len(), 1, "{text}");
    }
}

#[test]
fn what_may_be_there_is_left_alone() {
    let fine = [
        ("src/clock.rs", "fn f() { SystemTime::now(); }"),
        ("src/terminal/wipe.rs", "unsafe fn f() {}"),
        ("src/view/list.rs", "use ratatui::Frame;"),
        ("src/device/query.rs", "// unsafe println!()\n#![allow(unsafe_code)]"),
        ("src/device/query.rs", "fn f(s: &str) -> bool { s == \"todo!()\" }"),
        ("src/device/query.rs", "#[cfg(test)]\nmod tests { fn f() { println!(); } }"),
        ("src/device/query.rs", "fn f() { let age = 3; crate::age::f(); serde_json::to_string(&age); }"),
    ];
    for (path, text) in fine {
        assert_eq!(broken_rules(&file(path, text), RULES), [""; 0], "{text}");
    }
}

#[test]
fn texts_are_found_in_comments_too_and_tests_do_not_count_as_length() {
    let found = broken_texts(&file("src/a.rs", "fn f() {}\n// later: x\n"), &["later:"]);
    assert_eq!(found, ["src/a.rs:2: \"later:\""]);
    assert_eq!(lines_of_code("fn f() {}\n\n#[cfg(test)]\nmod tests {\n    fn g() {}\n}\n"), 2);
    assert_eq!(lines_of_code("fn f() {}\n#[cfg(test)]\nfn g() {}\n"), 3);
}
