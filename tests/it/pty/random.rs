//! Any keys: the terminal is always given back as it was.

use crate::harness::home::{Home, KEYFOB};
use crate::harness::pty::Exit;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rustix::process::{Pid, Signal, kill_process};

/// Bytes as a terminal sends them for keys, and some that no terminal sends.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let sequence = prop::sample::select(vec![
        &b"\x1b[A"[..],
        b"\x1b[B",
        b"\x1b[C",
        b"\x1b[D",
        b"\x1b[5~",
        b"\x1b[6~",
        b"\x1b[H",
        b"\x1b[F",
        b"\x1b[Z",
        b"\x1b[3~",
        b"\x1bOP",
        b"\x1b\r",
        b"\x1b[200~otpauth://totp/x\x1b[201~",
        b"\x1b[<0;20;4M",
        b"\x1b[<64;2;2M",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[",
        b"\x1b]52;c;aGk=\x07",
    ]);
    prop_oneof![
        6 => prop::char::range(' ', '~').prop_map(|letter| vec![letter as u8]),
        // No Ctrl-C: it ends the program, which is what comes last.
        3 => prop::sample::select(vec![b"\r".to_vec(), b"\t".to_vec(), b"\x7f".to_vec(), b"\x15".to_vec(), b"\x0c".to_vec(), b"\x1a".to_vec()]),
        4 => sequence.prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>().prop_filter("Ctrl-C", |byte| *byte != 3), 1..4),
    ]
}

#[test]
fn whatever_is_pressed_the_terminal_is_restored() {
    let home = Home::empty();
    let journey = (
        prop::collection::vec(bytes(), 1..60),
        prop::option::of(prop::sample::select(vec![Signal::TERM, Signal::HUP])),
    );
    let config = Config { cases: 12, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&journey, |(keys, end)| {
            let mut pty = home.terminal(KEYFOB).args(&["demo"]).start();
            pty.wait_text("Zulip");
            for key in &keys {
                pty.send(key);
            }
            match end {
                // It asks first where something is not saved.
                None => pty.press("Ctrl-c Ctrl-c"),
                // It may have ended by its own `q` by now.
                Some(signal) => drop(kill_process(Pid::from_raw(pty.pid()).unwrap(), signal)),
            }
            let exit = pty.wait_exit();
            let fine = match exit {
                Exit::Code(code) => matches!(code, 0 | 129 | 130 | 143),
                Exit::Signal(_) => true,
            };
            prop_assert!(fine, "{exit:?}, and the screen:\n{}", pty.text());
            prop_assert!(pty.not_restored().is_empty(), "{:?}", pty.not_restored());
            Ok(())
        })
        .unwrap();
}
