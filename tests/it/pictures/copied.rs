//! A picture on the clipboard of a real display.

use super::paint::Paint;
use crate::harness::home::{Home, uri};
use crate::harness::need_program;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const SECRET: &str = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU";

/// A display of its own, which ends with this.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    /// None where the machine has no such server.
    fn start() -> Option<Self> {
        let program = need_program("Xvfb")?;
        // It takes a number that is free, and says which.
        let mut server = Command::new(program)
            .args(["-displayfd", "1", "-screen", "0", "64x64x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Some(Self { server, name: format!(":{}", number.trim()) })
    }

    /// Puts a file on its clipboard; who holds it there ends with the display.
    fn put(&self, kind: &str, file: &Path) -> bool {
        let Some(program) = need_program("xclip") else { return false };
        let put = Command::new(program)
            .args(["-selection", "clipboard", "-t", kind, "-i"])
            .arg(file)
            .env("DISPLAY", &self.name)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(put.unwrap().success(), "xclip did not take {}", file.display());
        true
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[test]
fn a_picture_that_was_copied_fills_the_form() {
    let home = Home::with_two();
    let Some(display) = Display::start() else { return };
    let shot = home.path("shot.png");
    std::fs::write(&shot, Paint::code(&uri("Lab", "carol", SECRET), 4).png()).unwrap();
    if !display.put("image/png", &shot) {
        return;
    }
    let mut pty = home.screen().env("DISPLAY", &display.name).start();
    pty.wait_text("alice");
    pty.press("p");
    pty.wait("form", |screen| screen.contains("Lab") && screen.contains("carol"));
    assert!(!pty.text().contains(SECRET), "{}", pty.text());
    pty.press("Esc");
    pty.wait_text("Drop what was typed?");
    pty.press("y");
    // What only calls itself a picture is none.
    std::fs::write(home.path("text"), "no picture").unwrap();
    display.put("image/png", &home.path("text"));
    pty.press("p");
    pty.wait_text("damaged");
    pty.quit();
}

#[test]
fn without_a_display_that_is_said() {
    let home = Home::with_two();
    let mut pty = home.screen().start();
    pty.wait_text("alice");
    pty.press("p");
    pty.wait_text("no clipboard can be reached");
    pty.quit();
}
