//! What the agent's process holds: the identities that it was handed, and nothing once it has let go of them.

use super::needles::of_identity;
use super::{assert_forgotten, home, passphrases, scan, secrets};
use crate::harness::home::Home;
use std::os::unix::net::UnixStream;

/// The agent of this home, asked for a code.
fn agent(home: &Home) -> i32 {
    home.done(&["agent"]);
    let peer = UnixStream::connect(home.path("keyfob/agent.sock")).unwrap();
    assert_eq!(home.run_alone(&[], &["code", "alice", "--at", "59"]).code, Some(0), "by the agent");
    rustix::net::sockopt::socket_peercred(&peer).unwrap().pid.as_raw_nonzero().get()
}

#[test]
fn an_agent_that_has_let_go_of_a_vault_has_nothing_of_it_left() {
    let home = home();
    let pid = agent(&home);
    let identity = of_identity(&home.vault(), super::PASSPHRASE);
    let mut never = passphrases();
    never.extend(secrets());
    // Of the identity's text, which goes over the socket, nothing is left: it is held in its binary form alone.
    never.extend(
        identity
            .iter()
            .filter(|(name, _)| ["the identity", "the MAC key in hex"].contains(&&**name))
            .cloned(),
    );
    if assert_forgotten(pid, &never, "while it holds the vault") {
        // What this test looks for, it finds where it is.
        let held = scan(pid, &identity).unwrap();
        assert!(held.contains_key("the identity raw") && held.contains_key("the MAC key"), "{held:?}");
        never.extend(identity);
        home.done(&["agent", "lock"]);
        assert_forgotten(pid, &never, "after agent lock");
        // Held again, and let go by the signal that a session's end sends.
        assert_eq!(agent(&home), pid);
        let process = rustix::process::Pid::from_raw(pid).unwrap();
        rustix::process::kill_process(process, rustix::process::Signal::HUP).unwrap();
        crate::harness::eventually("the lock by SIGHUP", || {
            home.run_alone(&[], &["agent", "status"]).code == Some(1)
        });
        assert_forgotten(pid, &never, "after SIGHUP");
    }
    home.done(&["agent", "stop"]);
}
