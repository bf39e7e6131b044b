//! The real agent, and those who ask it badly.

use super::WithAgent;
use crate::harness::{need_program, say};
use keyfob::agent::{Answer, MAX_REQUEST, Request};
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::process::Command;

fn connect(home: &WithAgent) -> UnixStream {
    UnixStream::connect(home.place().socket()).unwrap()
}

/// What is answered before the connection is over; a connection that is cut short answers nothing.
fn answer(mut stream: UnixStream) -> Option<Answer> {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    Answer::from_bytes(bytes.get(4..)?)
}

#[test]
fn what_is_malformed_or_too_long_is_refused_and_costs_nobody_anything() {
    let home = WithAgent::new();
    home.hold();
    let too_long = u32::try_from(MAX_REQUEST + 1).unwrap().to_be_bytes();
    let bad: [&[u8]; 5] = [&[0; 4], &[0, 0, 0, 2, 9, 9], &[0, 0, 0, 3, 1, 3, 0], &too_long, &[0xff; 4]];
    for bytes in bad {
        let mut stream = connect(&home);
        stream.write_all(bytes).unwrap();
        assert!(matches!(answer(stream), Some(Answer::Refused)), "{bytes:?}");
    }
    // Somebody who goes away in the middle of it.
    let mut stream = connect(&home);
    stream.write_all(&[0, 0]).unwrap();
    drop(stream);
    assert!(matches!(home.agent().ask(&Request::List), Ok(Answer::Held { .. })));
}

#[test]
fn whoever_is_slow_holds_nobody_up() {
    let home = WithAgent::new();
    home.hold();
    let mut slow: Vec<UnixStream> = (0..100).map(|_| connect(&home)).collect();
    let question = Request::List.to_bytes();
    let (last, start) = question.split_last().unwrap();
    for one in &mut slow {
        one.write_all(start).unwrap();
    }
    assert!(matches!(home.agent().ask(&Request::List), Ok(Answer::Held { .. })));
    // And those that get there are answered.
    let mut one = slow.pop().unwrap();
    one.write_all(&[*last]).unwrap();
    assert!(matches!(answer(one), Some(Answer::Held { .. })));
}

#[test]
fn a_thousand_at_once_are_answered() {
    let home = WithAgent::new();
    home.hold();
    let agent = home.agent();
    let question = Request::List.to_bytes();
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..1000)
            .map(|_| {
                let agent = &agent;
                std::thread::Builder::new()
                    .stack_size(64 << 10)
                    .spawn_scoped(scope, move || matches!(agent.ask(&Request::List), Ok(Answer::Held { .. })))
                    .unwrap()
            })
            .collect();
        let answered = asking.into_iter().filter_map(|one| one.join().unwrap().then_some(()));
        assert_eq!(answered.count(), 1000);
    });
    let mut last = connect(&home);
    last.write_all(&question).unwrap();
    assert!(matches!(answer(last), Some(Answer::Held { .. })));
}

#[test]
fn another_user_is_not_heard_even_where_the_folder_lets_him_in() {
    if !rustix::process::geteuid().is_root() {
        return say("passed over: only root can be somebody else");
    }
    let Some(setpriv) = need_program("setpriv") else { return };
    let Some(python) = need_program("python3") else { return };
    let home = WithAgent::new();
    home.hold();
    let socket = home.place().socket();
    let ask = |socket: &std::path::Path| {
        let script = "import socket,sys\ns=socket.socket(socket.AF_UNIX)\ntry:\n s.connect(sys.argv[1])\nexcept PermissionError:\n print('no way in'); sys.exit()\ns.sendall(bytes([0,0,0,2,1,4]))\ntry:\n print(len(s.recv(100)))\nexcept ConnectionResetError:\n print(0)\n";
        let output = Command::new(&setpriv)
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(&python)
            .args(["-c", script])
            .arg(socket)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(ask(&socket), "no way in\n");
    for (path, mode) in [(home.0.path(""), 0o711), (home.0.path("keyfob"), 0o711), (socket.clone(), 0o666)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    assert_eq!(ask(&socket), "0\n", "let in, and not answered");
    // Where others can enter the folder, keyfob does not take what listens there for its agent either.
    assert_eq!(home.run(&["agent", "status"]).code, Some(1));
    std::fs::set_permissions(home.0.path("keyfob"), std::fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(home.run(&["agent", "status"]).code, Some(0));
}
