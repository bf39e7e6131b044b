//! Reads files, whichever app's they are. What a file needs (a password, a yes) is asked for once, when a file needs
//! it.

use super::error::NotRead;
use super::helper::Helper;
use super::read::Read;
use super::{gpg, picture, tree};
use crate::exchange::{self, File, Format, Gauge, Keys, MAX_BYTES, ReadError};
use crate::picture::Kind;
use crate::vault::{Identities, Passphrase};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Reads files one after the other.
pub struct Reader<'a, H> {
    helper: &'a mut H,
    /// As what, where somebody said it.
    format: Option<&'static Format>,
    password: Option<Passphrase>,
    /// The file that the password was asked for; what opens one is tried on those after it.
    asked_for: Option<PathBuf>,
    key_file: Option<Zeroizing<Vec<u8>>>,
    identities: Option<Identities>,
    agreed: bool,
    gauge: Arc<Gauge>,
}

/// A file in memory.
struct Loaded {
    path: PathBuf,
    /// Its way from the folder that is read whole, where it is one of its files.
    way: Option<String>,
    bytes: Zeroizing<Vec<u8>>,
}

impl<'a, H: Helper> Reader<'a, H> {
    /// Reads files as this format, or as what they seem to be.
    pub fn new(helper: &'a mut H, format: Option<&'static Format>) -> Self {
        Self {
            helper,
            format,
            password: None,
            asked_for: None,
            key_file: None,
            identities: None,
            agreed: false,
            gauge: Arc::default(),
        }
    }

    /// The same with what is there before a file asks for it: a key file. Where no password goes with it, it is tried
    /// alone.
    #[must_use]
    pub fn with_key_file(self, key_file: Zeroizing<Vec<u8>>) -> Self {
        Self { key_file: Some(key_file), ..self }
    }

    /// The same with a password that is there before a file asks for it, and the file it was typed for, if it was for
    /// one.
    #[must_use]
    pub fn with_password(self, password: Passphrase, asked_for: Option<&Path>) -> Self {
        Self { password: Some(password), asked_for: asked_for.map(Path::to_owned), ..self }
    }

    /// The same, where somebody looks how far it is.
    #[must_use]
    pub fn watched(self, gauge: Arc<Gauge>) -> Self {
        Self { gauge, ..self }
    }

    /// Reads a file.
    pub fn file(&mut self, path: &Path) -> Result<Read, H::Failure> {
        self.gauge.more_files(1);
        let bytes = self.helper.open(path, MAX_BYTES)?;
        let loaded = match gpg::inner_name(&name_of(path), &bytes) {
            Some(name) => self.decrypted(path, name)?,
            None => Loaded { path: path.into(), way: None, bytes },
        };
        let read = self.read_one(&loaded)?;
        read.map_err(|error| NotRead::Format(path.into(), error).into())
    }

    /// A file that gpg decrypts. Where it turns out to be a text, it is read as one of a pass store.
    fn decrypted(&mut self, path: &Path, name: &str) -> Result<Loaded, H::Failure> {
        let bytes = self.by_gpg(path)?;
        let bytes = bytes.ok_or_else(|| NotRead::Format(path.into(), ReadError::NotDecrypted))?;
        Ok(Loaded { path: path.into(), way: Some(name.to_owned()), bytes })
    }

    fn by_gpg(&mut self, path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, NotRead> {
        self.helper.lend_terminal(true);
        let bytes = gpg::decrypt(path, H::GPG_MAY_ASK);
        self.helper.lend_terminal(false);
        Ok(bytes?)
    }

    /// Reads all files of a folder that are known, and counts the others: a folder holds other files too.
    pub fn folder(&mut self, path: &Path) -> Result<(Vec<Read>, usize), H::Failure> {
        let mut all = Vec::new();
        let mut unknown = 0;
        let files = tree::files(path).map_err(NotRead::from)?;
        self.gauge.more_files(files.len());
        for file in files {
            match self.read_in_folder(path, file)? {
                Some(read) => all.push(read),
                None => unknown += 1,
            }
        }
        if all.is_empty() {
            return Err(NotRead::Format(path.into(), ReadError::NoEntry).into());
        }
        Ok((all, unknown))
    }

    fn read_in_folder(&mut self, folder: &Path, path: PathBuf) -> Result<Option<Read>, H::Failure> {
        let way = tree::way(folder, &path);
        let Some(name) = gpg::without_ending(&way) else {
            let bytes = self.helper.open(&path, MAX_BYTES)?;
            return Ok(self.read_one(&Loaded { path, way: Some(way), bytes })?.ok());
        };
        if let Some(bytes) = self.by_gpg(&path)? {
            let way = Some(name.to_owned());
            return Ok(self.read_one(&Loaded { path, way, bytes })?.ok());
        }
        // Stores are shared: what is for other people does not stop what is for this one.
        self.gauge.end(1);
        Ok(Some(Read::new(path, gpg::FORMAT, vec![exchange::not_decrypted(name)].into())))
    }

    /// Reads a file, and says so; the inner error is that of a file which nobody can say anything about.
    fn read_one(&mut self, loaded: &Loaded) -> Result<Result<Read, ReadError>, H::Failure> {
        self.gauge.begin(loaded.bytes.len());
        let read = self.read_loaded(loaded)?;
        self.gauge.end(read.as_ref().map_or(0, |read| read.entries.len()));
        Ok(read)
    }

    fn read_loaded(&mut self, loaded: &Loaded) -> Result<Result<Read, ReadError>, H::Failure> {
        if self.format.is_none() && Kind::of(&loaded.bytes).is_some() {
            return read_picture(loaded).map_err(H::Failure::from);
        }
        let name = name_of(&loaded.path);
        let gauge = Arc::clone(&self.gauge);
        let file = match &loaded.way {
            Some(way) => File::new(way, &loaded.bytes).in_folder(),
            None => File::new(&name, &loaded.bytes),
        }
        .watched(&gauge);
        let Some(format) = self.format.or_else(|| exchange::sniff(&file)) else {
            return Ok(Err(file.problem()));
        };
        let mut companion = None;
        loop {
            let keys = Keys {
                password: self.password.as_ref(),
                key_file: self.key_file.as_deref().map(Vec::as_slice),
                identities: self.identities.as_ref(),
                companion: companion.as_deref().map(Vec::as_slice),
                dear: self.agreed,
            };
            match exchange::read(format, &file, keys) {
                Ok(contents) => return Ok(Ok(Read::new(loaded.path.clone(), format.name, contents))),
                Err(error @ (ReadError::NoEntry | ReadError::UnknownFormat)) => return Ok(Err(error)),
                Err(ReadError::CompanionNeeded { name }) if companion.is_none() => {
                    let missing = NotRead::Format(loaded.path.clone(), ReadError::CompanionNeeded { name });
                    let beside = self.helper.open(&loaded.path.with_file_name(name), MAX_BYTES);
                    companion = Some(beside.map_err(|_| missing)?);
                }
                Err(error) => self.fetch(error, &loaded.path)?,
            }
        }
    }

    /// Fetches what a format asks for; an error that asks for nothing (or for the same again) is the end.
    fn fetch(&mut self, error: ReadError, path: &Path) -> Result<(), H::Failure> {
        match error {
            ReadError::PasswordNeeded | ReadError::KeyNeeded { .. } if self.password.is_none() => {
                self.password = Some(self.helper.password(path, &error)?);
                self.asked_for = Some(path.into());
            }
            ReadError::WrongPassword | ReadError::WrongKey { .. }
                if self.asked_for.as_deref().is_some_and(|other| other != path) =>
            {
                match self.helper.another_password(path, &error)? {
                    Some(password) => self.password = Some(password),
                    None => return Err(NotRead::Format(path.into(), error).into()),
                }
                self.asked_for = Some(path.into());
            }
            ReadError::IdentityNeeded if self.identities.is_none() => match self.helper.identities()? {
                Some(identities) => self.identities = Some(identities),
                None => return Err(NotRead::Format(path.into(), error).into()),
            },
            ReadError::Dear { mebibytes } if !self.agreed => {
                self.helper.accept_memory(mebibytes)?;
                self.agreed = true;
            }
            error => return Err(NotRead::Format(path.into(), error).into()),
        }
        Ok(())
    }
}

/// A file's name without its folder.
fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Reads the codes of a picture. A folder may hold pictures of anything: there one without a code is passed over.
fn read_picture(loaded: &Loaded) -> Result<Result<Read, ReadError>, NotRead> {
    match picture::contents(&loaded.path, &loaded.bytes) {
        Ok(contents) => Ok(Ok(Read::new(loaded.path.clone(), picture::FORMAT, contents))),
        Err(_) if loaded.way.is_some() => Ok(Err(ReadError::UnknownFormat)),
        Err(failure) => Err(failure),
    }
}
