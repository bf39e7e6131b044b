//! Foreign files for `import`: which there are, and how each is read. What a file needs (a password, a yes) is asked
//! for once, when a file needs it.

use super::context::{Context, is_stdin};
use super::failure::Failure;
use super::open::read_file;
use super::passphrase::first_line;
use super::{gpg, picture, tree};
use crate::exchange::{self, Contents, Entry, File, Format, Keys, MAX_BYTES, Part, ReadError};
use crate::explain::{Reason as _, report};
use crate::picture::Kind;
use crate::vault::{Identities, Passphrase};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// A file that was read: what stands in it, and as what it was read.
pub(super) struct Read {
    pub(super) path: PathBuf,
    pub(super) format: &'static str,
    pub(super) entries: Vec<Entry>,
    pub(super) parts: Vec<Part>,
}

/// How files are read.
pub(super) struct Source<'a> {
    /// As what, where the command line says it.
    format: Option<&'static Format>,
    /// Where the files' own password is, where the command line says it.
    password_file: Option<&'a Path>,
    password: Option<Passphrase>,
    identities: Option<Identities>,
    agreed: bool,
}

/// A file in memory.
struct Loaded {
    path: PathBuf,
    /// Its way from the folder that is read whole, where it is one of its files.
    way: Option<String>,
    bytes: Zeroizing<Vec<u8>>,
}

impl<'a> Source<'a> {
    pub(super) fn new(format: Option<&'static Format>, password_file: Option<&'a Path>) -> Self {
        Self { format, password_file, password: None, identities: None, agreed: false }
    }

    /// Reads a file, or all files of a folder.
    pub(super) fn read(&mut self, path: &Path, context: &mut Context) -> Result<Vec<Read>, Failure> {
        if is_stdin(path) || !path.is_dir() {
            let loaded = Loaded { path: path.into(), way: None, bytes: read_file(path, MAX_BYTES)? };
            let read = self.read_one(&loaded, context)?;
            return Ok(vec![read.map_err(|error| error.about(path.display()))?]);
        }
        let mut all = Vec::new();
        let mut unknown = 0;
        for file in tree::files(path)? {
            match self.read_in_folder(path, file, context)? {
                Some(read) => all.push(read),
                // A folder holds other files too.
                None => unknown += 1,
            }
        }
        if unknown > 0 {
            context.out.note(report::note::passed_over(unknown, path));
        }
        if all.is_empty() { Err(ReadError::NoEntry.about(path.display()).into()) } else { Ok(all) }
    }

    fn read_in_folder(
        &mut self,
        folder: &Path,
        path: PathBuf,
        context: &mut Context,
    ) -> Result<Option<Read>, Failure> {
        let way = tree::way(folder, &path);
        let Some(name) = gpg::without_ending(&way) else {
            let bytes = read_file(&path, MAX_BYTES)?;
            return Ok(self.read_one(&Loaded { path, way: Some(way), bytes }, context)?.ok());
        };
        match gpg::decrypt(&path)? {
            Some(bytes) => {
                let way = Some(name.to_owned());
                Ok(self.read_one(&Loaded { path, way, bytes }, context)?.ok())
            }
            // Stores are shared: what is for other people does not stop what is for this one.
            None => Ok(Some(Read {
                path,
                format: gpg::FORMAT,
                entries: vec![exchange::still_encrypted(name)],
                parts: Vec::new(),
            })),
        }
    }

    /// Reads a file; the inner error is that of a file which nobody can say anything about.
    fn read_one(
        &mut self,
        loaded: &Loaded,
        context: &mut Context,
    ) -> Result<Result<Read, ReadError>, Failure> {
        if self.format.is_none() && Kind::of(&loaded.bytes).is_some() {
            return read_picture(loaded);
        }
        let name =
            loaded.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let file = match &loaded.way {
            Some(way) => File::new(way, &loaded.bytes).in_folder(),
            None => File::new(&name, &loaded.bytes),
        };
        let Some(format) = self.format.or_else(|| exchange::sniff(&file)) else {
            return Ok(Err(file.problem()));
        };
        let mut companion = None;
        loop {
            let keys = Keys {
                password: self.password.as_ref(),
                identities: self.identities.as_ref(),
                companion: companion.as_deref().map(Vec::as_slice),
                dear: self.agreed,
            };
            match exchange::read(format, &file, keys) {
                Ok(Contents { entries, parts }) => {
                    return Ok(Ok(Read { path: loaded.path.clone(), format: format.name, entries, parts }));
                }
                Err(error @ (ReadError::NoEntry | ReadError::UnknownFormat)) => return Ok(Err(error)),
                Err(ReadError::CompanionNeeded { name }) if companion.is_none() => {
                    let beside = loaded.path.with_file_name(name);
                    let missing = |_| ReadError::CompanionNeeded { name }.about(loaded.path.display());
                    companion = Some(read_file(&beside, MAX_BYTES).map_err(missing)?);
                }
                Err(error) => self.fetch(&error, &loaded.path, context)?,
            }
        }
    }

    /// Fetches what a reader asks for; an error that asks for nothing (or for the same again) is the end.
    fn fetch(&mut self, error: &ReadError, path: &Path, context: &mut Context) -> Result<(), Failure> {
        match error {
            ReadError::PasswordNeeded if self.password.is_none() => {
                self.password = Some(self.ask_password(path, context)?);
            }
            ReadError::IdentityNeeded if self.identities.is_none() && !context.global.identity.is_empty() => {
                self.identities = Some(context.identities()?);
            }
            ReadError::Dear { mebibytes } if !self.agreed => {
                context.accept_memory(*mebibytes)?;
                self.agreed = true;
            }
            error => return Err(error.about(path.display()).into()),
        }
        Ok(())
    }

    fn ask_password(&self, path: &Path, context: &mut Context) -> Result<Passphrase, Failure> {
        match self.password_file {
            Some(file) => first_line(file),
            // 3 is for vaults: a file of others that stays closed is bad input.
            None => context.asked("password of the file", "--password-file").map_err(|failure| {
                let mut told = ReadError::PasswordNeeded.about(path.display());
                told.hint = failure.explanation().hint.clone().or(told.hint);
                Failure::from(told)
            }),
        }
    }
}

/// Reads the codes of a picture. A folder may hold pictures of anything: there one without a code is passed over.
fn read_picture(loaded: &Loaded) -> Result<Result<Read, ReadError>, Failure> {
    match picture::contents(&loaded.path, &loaded.bytes) {
        Ok(Contents { entries, parts }) => {
            Ok(Ok(Read { path: loaded.path.clone(), format: picture::FORMAT, entries, parts }))
        }
        Err(_) if loaded.way.is_some() => Ok(Err(ReadError::UnknownFormat)),
        Err(failure) => Err(failure),
    }
}
