//! A real sshd on the loopback address, and the real ssh client to reach it.

use super::home::Home;
use super::pty::Start;
use super::{eventually, is_alive, need_program, quoted, write_script};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The file in the home that holds the process id of what runs at the other end.
pub const REMOTE_PID: &str = "remote-pid";

/// An sshd with its own host key and settings; ended when this is dropped.
pub struct Sshd {
    folder: PathBuf,
    ssh: PathBuf,
    port: u16,
    server: Child,
}

impl Sshd {
    /// None, and a word about it, where OpenSSH is not installed.
    pub fn start(home: &Home) -> Option<Self> {
        Self::start_on(home, "", "")
    }

    fn start_on(home: &Home, options: &str, settings: &str) -> Option<Self> {
        let (sshd, ssh, keygen) = (need_program("sshd")?, need_program("ssh")?, need_program("ssh-keygen")?);
        let folder = home.path("ssh");
        fs::create_dir(&folder).unwrap();
        for key in ["host_key", "user_key"] {
            make_key(&keygen, &folder.join(key));
        }
        let key = fs::read_to_string(folder.join("user_key.pub")).unwrap();
        fs::write(folder.join("authorized_keys"), format!("{options} {key}").trim_start()).unwrap();
        // What the service's own start does: an sshd of root's locks its parser up in there.
        if rustix::process::geteuid().is_root() {
            fs::create_dir_all("/run/sshd").unwrap();
        }
        // Another program may take the port between our look and the server's.
        (0..5)
            .find_map(|_| Self::listen(&sshd, &folder, &ssh, settings))
            .or_else(|| panic!("sshd finds no free port"))
    }

    fn listen(sshd: &Path, folder: &Path, ssh: &Path, more: &str) -> Option<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let config = folder.join("sshd_config");
        fs::write(&config, settings(folder, port) + more).unwrap();
        let mut server = Command::new(sshd);
        server.args(["-D", "-e", "-f"]).arg(&config).stdin(Stdio::null()).stderr(Stdio::piped());
        let mut server = server.spawn().unwrap();
        let mut said = String::new();
        let mut log = BufReader::new(server.stderr.take().unwrap()).lines();
        while let Some(Ok(line)) = log.next() {
            if line.contains("Server listening on") {
                // Somebody must go on reading, or sshd stands still when the pipe is full.
                std::thread::spawn(move || log.count());
                return Some(Self { folder: folder.to_owned(), ssh: ssh.to_owned(), port, server });
            }
            said.push_str(&line);
            said.push('\n');
        }
        server.wait().unwrap();
        assert!(said.contains("in use"), "sshd does not start: {said}");
        None
    }

    /// A terminal with an ssh client that runs these words at the other end, in a terminal there, with
    /// nothing but the home's environment and what sshd adds. Their process id is in the file [`REMOTE_PID`].
    pub fn client(&self, home: &Home, words: &[String]) -> Start {
        home.terminal(&self.ssh).args(&self.client_words(home, words)[1..])
    }

    /// The words of that client.
    pub fn client_words(&self, home: &Home, words: &[String]) -> Vec<String> {
        let script = self.folder.join("remote");
        let env: Vec<String> = home
            .env()
            .into_iter()
            .filter(|(name, _)| *name != "TERM")
            .map(|(name, value)| format!("{name}={}", quoted(&value)))
            .collect();
        let sshs = r#"TERM="$TERM" SSH_CONNECTION="$SSH_CONNECTION" SSH_TTY="$SSH_TTY""#;
        let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let pid = quoted(&home.path(REMOTE_PID).display().to_string());
        let text =
            format!("#!/bin/sh\necho $$ >{pid}\nexec env -i {} {sshs} {}\n", env.join(" "), words.join(" "));
        write_script(&script, &text);
        let mut all = self.login_words();
        all.push(script.display().to_string());
        all
    }

    /// A terminal with an ssh client that asks for these words at the other end, or for a shell; what it gets
    /// there is what sshd gives it.
    pub fn login(&self, home: &Home, words: &[&str]) -> Start {
        home.terminal(&self.ssh).args(&self.login_words()[1..]).args(words)
    }

    fn login_words(&self) -> Vec<String> {
        let mut words = vec![self.ssh.display().to_string()];
        words.extend(self.client_options());
        words.extend(["-tt", "127.0.0.1"].map(str::to_owned));
        words
    }

    /// A client without a terminal: `ssh`, `scp`, `sftp`.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.args(self.client_options()).stdin(Stdio::null());
        command
    }

    /// Lets the one key do only what these options of an `authorized_keys` line allow, and gives sessions this
    /// environment.
    pub fn start_with(home: &Home, options: &str, env: &[(&str, String)]) -> Option<Self> {
        // All on one line: sshd takes the first.
        let env: Vec<String> = env.iter().map(|(name, value)| format!("{name}=\"{value}\"")).collect();
        let settings = format!("SetEnv {}\n", env.join(" "));
        Self::start_on(home, options, &settings)
    }

    fn client_options(&self) -> Vec<String> {
        let file = |name: &str| self.folder.join(name).display().to_string();
        let options = [
            format!("Port={}", self.port),
            format!("User={}", whoami()),
            format!("IdentityFile={}", file("user_key")),
            format!("UserKnownHostsFile={}", file("known_hosts")),
            "GlobalKnownHostsFile=/dev/null".to_owned(),
            "IdentitiesOnly=yes".to_owned(),
            "StrictHostKeyChecking=accept-new".to_owned(),
            "BatchMode=yes".to_owned(),
            "LogLevel=ERROR".to_owned(),
            "EscapeChar=none".to_owned(),
        ];
        let options = options.into_iter().flat_map(|option| ["-o".to_owned(), option]);
        ["-F", "none"].map(str::to_owned).into_iter().chain(options).collect()
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        // The client is gone, and so its session ends: nobody may be writing in the home any more.
        let pid = fs::read_to_string(self.folder.with_file_name(REMOTE_PID)).ok();
        if let Some(pid) = pid.and_then(|pid| pid.trim().parse().ok()).filter(|_| !std::thread::panicking()) {
            eventually("end of what ran at the other end", || !is_alive(pid));
        }
    }
}

/// The caller's own name: no other one can log in without being root.
fn whoami() -> String {
    let said = Command::new("id").arg("-un").output().unwrap().stdout;
    String::from_utf8(said).unwrap().trim().to_owned()
}

fn make_key(keygen: &Path, file: &Path) {
    let made = Command::new(keygen)
        .args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"])
        .arg(file)
        .stdin(Stdio::null())
        .status();
    assert!(made.unwrap().success());
}

fn settings(folder: &Path, port: u16) -> String {
    let folder = folder.display();
    let pam = if cfg!(target_os = "linux") { "UsePAM no\n" } else { "" };
    format!(
        "ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/host_key\nPidFile {folder}/pid\n\
         AuthorizedKeysFile {folder}/authorized_keys\nStrictModes no\n{pam}PermitRootLogin yes\n\
         PasswordAuthentication no\nKbdInteractiveAuthentication no\nPrintMotd no\nPrintLastLog no\n\
         Subsystem sftp internal-sftp\n"
    )
}
