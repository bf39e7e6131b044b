//! The parent's side: starts the child, feeds it, and sees that it ends.

use super::answer::OF_CLIPBOARD;
use super::error::PictureError;
use super::{ARGUMENT, Kind, MAX_BYTES, board, frame, pipe};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use zeroize::Zeroizing;

/// How long a child may take in all. Its processor time is limited to less; this is for a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// Reads the codes of pictures in child processes of this program.
#[derive(Clone, Debug)]
pub struct Reader {
    program: PathBuf,
}

impl Reader {
    /// Children of the program that runs, even where its file was replaced or removed since.
    pub fn this_program() -> Self {
        let running = Path::new("/proc/self/exe");
        let program = if running.exists() { Ok(running.to_owned()) } else { std::env::current_exe() };
        Self { program: program.unwrap_or_default() }
    }

    /// Children of this program, which has to be ours.
    pub fn of(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into() }
    }

    /// The texts of all QR codes in a picture, each once: at least one.
    pub fn read(&self, picture: &[u8]) -> Result<Vec<Zeroizing<String>>, PictureError> {
        if picture.len() as u64 > MAX_BYTES {
            return Err(PictureError::TooLarge);
        }
        if Kind::of(picture).is_none() {
            return Err(PictureError::NotAPicture);
        }
        Self::ask(&mut self.command(ARGUMENT), picture)
    }

    /// The same for the picture on the clipboard, to which the environment leads.
    pub fn read_clipboard(&self) -> Result<Vec<Zeroizing<String>>, PictureError> {
        let mut command = self.command(OF_CLIPBOARD);
        command.envs(board::VARIABLES.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        Self::ask(&mut command, &[])
    }

    fn ask(command: &mut Command, picture: &[u8]) -> Result<Vec<Zeroizing<String>>, PictureError> {
        let mut child = command.spawn().map_err(|error| PictureError::NoChild(error.kind()))?;
        let answer = converse(&mut child, picture);
        // Whatever it said or did not say, it is not left behind.
        let _ = child.kill();
        let _ = child.wait();
        frame::read(&answer.map_err(|_| PictureError::GaveUp)?)
    }

    /// With nothing of ours: no environment, no folder, no stream but the two pipes.
    fn command(&self, argument: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(argument).env_clear().current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }
}

fn converse(child: &mut Child, picture: &[u8]) -> io::Result<Zeroizing<Vec<u8>>> {
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    pipe::exchange(picture, stdin, stdout, PATIENCE, frame::MAX_ANSWER)
}
