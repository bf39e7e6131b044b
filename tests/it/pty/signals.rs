//! Signals, job control, and a terminal that goes away.

use super::{two, up};
use crate::harness::home::{Home, KEYFOB};
use crate::harness::pty::{Exit, Pty};
use crate::harness::{need_program, quoted, say, write_script};
use rustix::process::{Pid, Signal, kill_process};

#[test]
fn signals_end_it_with_their_code_and_the_terminal_restored() {
    let home = Home::with_two();
    for (signal, code, name) in
        [(Signal::TERM, 143, "Terminated"), (Signal::INT, 130, "Interrupt"), (Signal::HUP, 129, "Hangup")]
    {
        let mut pty = two(&home);
        pty.signal(signal);
        let exit = pty.wait_exit();
        assert!(exit == Exit::Code(code) || exit == Exit::Signal(name.to_owned()), "{signal:?}: {exit:?}");
        pty.assert_restored();
    }
}

#[test]
fn ctrl_c_quits() {
    let home = Home::with_two();
    let mut pty = two(&home);
    pty.press("Ctrl-c");
    assert!(matches!(pty.wait_exit(), Exit::Code(0 | 130)));
    pty.assert_restored();
}

/// A script that writes its process id to `pid` and becomes keyfob; after `first`.
fn script(home: &Home, first: &str, then: &str) -> String {
    let words: Vec<String> =
        std::iter::once(KEYFOB.to_owned()).chain(home.options()).map(|word| quoted(&word)).collect();
    let file = home.path("run");
    let pid = quoted(&home.path("pid").display().to_string());
    write_script(
        &file,
        &format!("#!/bin/sh\n{first}\necho $$ >{pid}\n{}\n", then.replace("KEYFOB", &words.join(" "))),
    );
    file.display().to_string()
}

/// A shell with job control, with keyfob as its foreground job.
fn shell_with_job(home: &Home) -> Pty {
    let run = script(home, "", "exec KEYFOB");
    // Should sh be bash: its own line editor must not change the terminal.
    std::fs::write(home.path("inputrc"), "set enable-bracketed-paste off\n").unwrap();
    let inputrc = home.path("inputrc").display().to_string();
    let mut pty = home.terminal("/bin/sh").args(&["-i"]).env("PS1", "$ ").env("INPUTRC", &inputrc).start();
    pty.wait_text("$");
    pty.type_text(&run);
    pty.press("Enter");
    up(pty)
}

fn stop_and_go_on(home: &Home, stop: impl FnOnce(&mut Pty)) {
    let mut pty = shell_with_job(home);
    stop(&mut pty);
    pty.wait_text("Stopped");
    pty.assert_restored();
    pty.type_text("fg");
    pty.press("Enter");
    let mut pty = up(pty);
    pty.press_and_see("Down");
    pty.press("q");
    // What is typed while the program leaves is thrown away on purpose: only the prompt means that it has left.
    pty.wait("the prompt", |screen| screen.trim_end().ends_with('$'));
    pty.type_text("echo ended $?");
    pty.press("Enter");
    pty.wait_text("ended 0");
    pty.assert_restored();
}

#[test]
fn ctrl_z_stops_it_as_a_shell_expects() {
    stop_and_go_on(&Home::with_two(), |pty| pty.press("Ctrl-z"));
}

#[test]
fn a_stop_signal_from_elsewhere_does_the_same() {
    let home = Home::with_two();
    stop_and_go_on(&home, |_| {
        let pid = std::fs::read_to_string(home.path("pid")).unwrap().trim().parse().unwrap();
        kill_process(Pid::from_raw(pid).unwrap(), Signal::TSTP).unwrap();
    });
}

#[test]
fn ctrl_z_during_a_save_waits_for_it() {
    let home = Home::with_two();
    let mut pty = shell_with_job(&home);
    let lock = std::fs::File::options().write(true).open(home.path("vault.age.lock")).unwrap();
    lock.lock().unwrap();
    pty.press("*");
    pty.wait_text("saving");
    pty.press("Ctrl-z");
    // It goes on as if nothing was: stopped, it would keep the vault's lock from all others.
    pty.press_and_see("Down");
    assert!(!pty.text().contains("Stopped"), "{}", pty.text());
    lock.unlock().unwrap();
    pty.wait_text("Stopped");
    pty.assert_restored();
    assert!(home.done(&["list", "--json"]).contains("\"favourite\": true"));
    pty.type_text("fg");
    pty.press("Enter");
    up(pty).press("q");
}

/// In a container's shell the session's leader is outside, where it has no PID that we could see.
#[test]
fn ctrl_z_does_no_harm_in_a_container() {
    let Some(unshare) = need_program("unshare") else { return };
    let home = Home::with_two();
    let namespace = ["--user", "--map-root-user", "--pid", "--fork", "--mount-proc"];
    let allowed = std::process::Command::new(&unshare).args(namespace).arg("true").status();
    if !allowed.is_ok_and(|status| status.success()) {
        say("passed over: PID namespaces can't be made here");
        return;
    }
    let unshare = unshare.to_str().unwrap();
    let script = ["sh", "-c", "\"$0\" demo; exit $?", KEYFOB];
    let mut pty = home.terminal(unshare).args(&namespace).args(&script).start();
    pty.wait_text("Zulip");
    pty.press("Ctrl-z");
    pty.press_and_see("End");
    pty.quit();
}

/// The processor time that `times` of a shell says its children took, in milliseconds.
fn children_took(times: &str) -> u64 {
    let line = times.lines().last().unwrap();
    let milliseconds = |time: &str| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        let (whole, part) = seconds.split_once('.').unwrap_or((seconds, "0"));
        let part = format!("{part:0<3}");
        let number = |digits: &str| digits.parse::<u64>().unwrap();
        number(minutes) * 60_000 + number(whole) * 1000 + number(&part[..3])
    };
    line.split_whitespace().map(milliseconds).sum()
}

#[test]
fn a_lost_terminal_ends_it_without_spinning() {
    let home = Home::with_two();
    // Whether the signal comes, or only the terminal is gone.
    for hang_up in ["trap : HUP", "trap '' HUP"] {
        let took = home.path("took");
        let then = format!("KEYFOB\ntimes >{}", quoted(&took.display().to_string()));
        let run = script(&home, hang_up, &then);
        let mut pty = up(home.terminal(&run).start());
        pty.hang_up();
        pty.wait_exit();
        let took = children_took(&std::fs::read_to_string(&took).unwrap());
        assert!(took < 2000, "{hang_up}: {took} ms of processor time");
    }
}

#[test]
fn shell_times_are_read() {
    assert_eq!(children_took("0m0.00s 0m0.00s\n0m1.25s 1m0.5s\n"), 61_750);
}
