//! A model with a world around it that does what effects ask for: an in-memory vault, a clock that stands
//! still, a clipboard. Journeys are written as keys.

use jiff::tz::TimeZone;
use keyfob::app::keymap::{Context, Keymap};
use keyfob::app::{
    Appearance, Asked, AwsAnswer, AwsAsk, Codes, CopyOutcome, Effect, Entry, ExportReport, Folder,
    ImportRequest, Imported, KeyPress, Looks, Message, Model, Moment, NotChanged, NotExported, NotImported,
    NotProved, NotReloaded, Options, Outcome, Proof, Relock, Start,
};
use keyfob::clock::UnixTime;
use keyfob::device::{Candidate, Device, otpauth};
use keyfob::exchange::ReadError;
use keyfob::explain::{Exit, Explanation, Reason as _};
use keyfob::foreign::{Helper, Reader};
use keyfob::state::{Remembered, ViewChange};
use keyfob::text::Text;
use keyfob::vault::{
    Change, ChangeError, Edit, Identities, LockInfo, Passphrase, Vault, VaultId, WorkFactor, WriterId,
};
use keyfob::view;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::time::Duration;
use uuid::Uuid;
use zeroize::Zeroizing;

/// 2026-11-24 14:03:13 UTC: 17 seconds are left of the step.
pub const NOW: u64 = 1_795_529_013 - 1_795_529_013 % 30 + 13;
pub const PASSPHRASE: &str = "correct horse battery";

pub const URIS: [&str; 8] = [
    "otpauth://totp/Amazon%20Web%20Services:root@acme-prod?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Amazon%20Web%20Services",
    "otpauth://totp/Amazon%20Web%20Services:alice@123456789012?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJR&issuer=Amazon%20Web%20Services",
    "otpauth://totp/Cloudflare:ops@acme.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJS&issuer=Cloudflare",
    "otpauth://totp/GitHub:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJT&issuer=GitHub",
    "otpauth://totp/GitLab:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJU&issuer=GitLab&digits=8&period=60&algorithm=SHA256",
    "otpauth://totp/PyPI:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJV&issuer=PyPI",
    "steam://GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJW",
    "otpauth://hotp/VPN:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJX&issuer=VPN&counter=118",
];

/// What stands for the disk and the clipboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Disk {
    #[default]
    Works,
    Full,
    /// Effects are kept, and nothing answers.
    Away,
}

/// The identity file that opens the vault, if one does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    #[default]
    None,
    Encrypted,
    Open,
}

pub struct Stage {
    pub model: Model,
    pub vault: Vault,
    pub now: u64,
    pub uptime: u64,
    pub disk: Disk,
    /// What stands in the state folder.
    pub remembered: Remembered,
    pub exists: bool,
    /// What is in which folder.
    pub folders: HashMap<String, Vec<Entry>>,
    pub identity: Identity,
    /// Whether somebody changed the passphrase, until it is unlocked again.
    pub relocked: bool,
    /// Why that is.
    pub relock: Relock,
    pub clipboard: Option<String>,
    /// What the codes in any picture say.
    pub picture: Option<Codes>,
    /// What is in which file, for the import.
    pub files: HashMap<String, Vec<u8>>,
    /// All that was asked of the world, in words without contents.
    pub asked: Vec<String>,
    /// Effects that were not answered, when the disk is away.
    pub held: Vec<Effect>,
    pub quit: bool,
    /// What AWS answers next; where there is nothing, its calls are held back.
    pub aws: VecDeque<Result<AwsAnswer, Explanation>>,
    /// The numbers of its calls that nobody answered.
    pub calls: Vec<u64>,
    /// The keys in force, where journeys are written with those of the table all the same.
    pub bound: Option<Keymap>,
    size: (u16, u16),
}

pub fn add(vault: &mut Vault, uri: &str, change: impl FnOnce(&mut Candidate)) {
    let mut candidate = otpauth::parse(uri).unwrap();
    change(&mut candidate);
    vault.apply(&Change::Add(Box::new(candidate)), UnixTime(NOW - 86_400)).unwrap();
}

pub fn line(text: &str) -> Text {
    Text::line(text).unwrap()
}

pub fn empty() -> Vault {
    Vault::empty(VaultId(Uuid::from_u128(1)), WriterId(1))
}

pub fn sample() -> Vault {
    let mut vault = empty();
    for uri in URIS {
        add(&mut vault, uri, |candidate| {
            if candidate.account.raw().starts_with("alice@1234") {
                candidate.serial = Some(line("arn:aws:iam::123456789012:mfa/alice"));
                candidate.tags = vec![line("work"), line("aws")];
                candidate.note = line("break-glass: see the runbook");
            }
            if candidate.issuer.raw() == "Steam" || uri.starts_with("steam:") {
                candidate.issuer = line("Steam");
                candidate.account = line("alice_games");
            }
        });
    }
    vault.apply(&Change::Exported { devices: 8 }, UnixTime(NOW - 3 * 86_400)).unwrap();
    let first = vault.devices().next().unwrap().id;
    let edit = Box::new(Edit { note: Some(line("")), ..Edit::default() });
    vault.apply(&Change::Edit { id: first, edit }, UnixTime(NOW - 3000)).ok();
    vault
}

/// The sample, and a hardware token at its end.
pub fn with_token() -> Vault {
    let mut vault = sample();
    let mut token = Candidate::token(line("GAHT12345678")).unwrap();
    (token.issuer, token.account) = (line("AWS"), line("root"));
    vault.apply(&Change::Add(Box::new(token)), UnixTime(NOW - 60)).unwrap();
    vault
}

pub fn moment(now: u64, uptime: u64) -> Moment {
    Moment { now: UnixTime(now), uptime: Duration::from_secs(uptime) }
}

pub fn options(start: Start) -> Options {
    Options {
        vault_shown: "~/vault.age".to_owned(),
        start,
        demo: false,
        aws: true,
        read_only: false,
        appearance: Appearance { colour: true, unicode: true },
        looks: Looks::default(),
        keys: Keymap::default(),
        hide_codes: false,
        blank_unfocused: false,
        clear_clipboard: Duration::from_secs(30),
        idle_lock: Duration::from_secs(300),
        remembered: Remembered::default(),
        rollback: None,
        time_zone: TimeZone::UTC,
        size: (100, 30),
        moment: moment(NOW, 1000),
    }
}

pub fn explained(message: &str, exit: Exit) -> Explanation {
    Explanation { message: message.to_owned(), hint: None, exit }
}

impl Stage {
    pub fn with(vault: Vault, options: Options) -> Self {
        let size = options.size;
        let (model, effects) = Model::new(options);
        let mut stage = Self {
            model,
            vault,
            now: NOW,
            uptime: 1000,
            disk: Disk::Works,
            remembered: Remembered::default(),
            exists: false,
            folders: HashMap::new(),
            identity: Identity::None,
            relocked: false,
            relock: Relock::default(),
            clipboard: None,
            picture: None,
            files: HashMap::new(),
            asked: Vec::new(),
            held: Vec::new(),
            quit: false,
            aws: VecDeque::new(),
            calls: Vec::new(),
            bound: None,
            size,
        };
        stage.perform(effects);
        stage
    }

    /// An open vault with the sample devices.
    pub fn open() -> Self {
        Self::of(sample())
    }

    pub fn of(vault: Vault) -> Self {
        Self::with(vault.clone(), options(Start::Open(Box::new(vault))))
    }

    pub fn changed(change: impl FnOnce(&mut Options)) -> Self {
        let vault = sample();
        let mut options = options(Start::Open(Box::new(vault.clone())));
        change(&mut options);
        Self::with(vault, options)
    }

    pub fn locked() -> Self {
        Self::with(
            sample(),
            options(Start::Locked(LockInfo::Passphrase { work_factor: WorkFactor::DEFAULT })),
        )
    }

    pub fn first_run() -> Self {
        Self::with(empty(), options(Start::FirstRun))
    }

    pub fn at_size(mut self, columns: u16, rows: u16) -> Self {
        self.resize(columns, rows);
        self
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.send(Message::Resized(columns, rows));
    }

    /// Presses keys: names as in the table of keys, and 'texts' in single quotes.
    pub fn keys(&mut self, journey: &str) -> &mut Self {
        for press in parse(journey) {
            let press = self.in_force(press);
            self.send(Message::Key(press));
        }
        self
    }

    /// The key that does here what this one does when nothing is configured.
    fn in_force(&self, press: KeyPress) -> KeyPress {
        let Some(bound) = &self.bound else { return press };
        let contexts = [self.model.contexts(), &[Context::Everywhere]].concat();
        let meaning = |keys: &Keymap| keys.action(&contexts, press, self.model.facts());
        match meaning(&Keymap::default()) {
            Some(action) if meaning(bound) != Some(action) => bound.first(action).unwrap(),
            _ => press,
        }
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(Message::Paste(Zeroizing::new(text.to_owned())));
        self
    }

    /// Lets seconds go by, one after the other.
    pub fn wait(&mut self, seconds: u64) -> &mut Self {
        for _ in 0..seconds {
            self.now += 1;
            self.uptime += 1;
            self.send(Message::Tick(moment(self.now, self.uptime)));
        }
        self
    }

    pub fn send(&mut self, message: Message) {
        let effects = self.model.update(message);
        self.perform(effects);
    }

    pub fn answer(&mut self, outcome: Outcome) {
        self.send(Message::Done(outcome));
    }

    /// Does again what was held back.
    pub fn release(&mut self) {
        self.disk = Disk::Works;
        let held = std::mem::take(&mut self.held);
        self.perform(held);
    }

    pub fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.asked.push(in_words(&effect));
            if self.disk == Disk::Away
                && !matches!(effect, Effect::Quit | Effect::Lock | Effect::ClearClipboard)
            {
                self.held.push(effect);
                continue;
            }
            if let Some(outcome) = self.perform_one(effect) {
                self.answer(outcome);
            }
        }
    }

    fn perform_one(&mut self, effect: Effect) -> Option<Outcome> {
        Some(match effect {
            Effect::Create { .. } => Outcome::Created(Ok(Box::new(self.vault.clone()))),
            Effect::Unlock { passphrase } => {
                self.answer(Outcome::Recalled(Box::new(self.remembered.clone())));
                let result = self.unlock(passphrase.as_ref());
                self.relocked &= result.is_err();
                Outcome::Unlocked(result)
            }
            Effect::Change { change, why } => {
                let result = self.change(&change);
                Outcome::Changed { change, why, result }
            }
            Effect::Prove { then, passphrase } => {
                Outcome::Proved { then, result: self.prove(passphrase.as_ref()) }
            }
            Effect::Reload if self.relocked => Outcome::Reloaded(Err(NotReloaded::Relocked(self.relock))),
            Effect::Reload => Outcome::Reloaded(Ok(Box::new(self.vault.clone()))),
            Effect::Export(request) => Outcome::Exported(if self.exists && !request.overwrite {
                Err(NotExported::Exists)
            } else {
                let devices = self.vault.devices().len();
                Ok(ExportReport { path: request.path, devices, bytes: 4123 })
            }),
            Effect::ReadImport(request) => {
                let number = request.number;
                Outcome::ImportRead { number, result: self.read(&request) }
            }
            Effect::ReadClipboard => Outcome::ClipboardRead { codes: self.codes() },
            Effect::ReadPicture(path) => Outcome::PictureRead { path, codes: self.codes() },
            Effect::AskAws(call) => return self.aws_answer(call.number),
            Effect::Copy(text) => {
                self.clipboard = Some(text.to_string());
                Outcome::Copied(CopyOutcome::Sent { warning: None })
            }
            Effect::ReadFolder(path) => {
                let entries = self.folders.get(&path).cloned().unwrap_or_default();
                Outcome::Folder(Folder { path, entries })
            }
            Effect::ClearClipboard => {
                self.clipboard = None;
                return None;
            }
            Effect::Lock => Outcome::Locked(Ok(LockInfo::Passphrase { work_factor: WorkFactor::DEFAULT })),
            Effect::Quit => {
                self.quit = true;
                return None;
            }
            Effect::Spend { device, step } => {
                self.remembered.view.apply(&ViewChange::Used(device));
                self.remembered.spent.extend(step.map(|step| (device, step)));
                Outcome::Recalled(Box::new(self.remembered.clone()))
            }
            Effect::Recall => Outcome::Recalled(Box::new(self.remembered.clone())),
            Effect::Remember(change) => {
                self.remembered.view.apply(&change);
                return None;
            }
            Effect::Wipe | Effect::Redraw | Effect::Suspend => return None,
        })
    }

    fn aws_answer(&mut self, number: u64) -> Option<Outcome> {
        let result = self.aws.pop_front();
        if result.is_none() {
            self.calls.push(number);
        }
        result.map(|result| Outcome::Aws { number, result })
    }

    fn codes(&self) -> Codes {
        self.picture.clone().unwrap_or(Ok(Vec::new()))
    }

    /// Reads a file as the program does, from memory.
    fn read(&self, request: &ImportRequest) -> Result<Imported, NotImported> {
        let mut helper = FromMemory { files: &self.files, request };
        let key_file = request.key_file.as_ref().map(|path| helper.open(path, u64::MAX)).transpose();
        let key_file = key_file.map_err(|error| match error {
            NotImported::Failed(why) => NotImported::NoKeyFile(why),
            other => other,
        })?;
        let mut reader = Reader::new(&mut helper, None);
        if let Some(key_file) = key_file {
            if let Some((of, password)) = request.passwords.last() {
                reader = reader.with_password(password.clone(), Some(of));
            }
            reader = reader.with_key_file(key_file);
        }
        let file = reader.file(&request.path)?;
        Ok(Imported { files: vec![file], passed_over: 0 })
    }

    fn unlock(&self, passphrase: Option<&Passphrase>) -> Result<Box<Vault>, Explanation> {
        match passphrase.map(|typed| typed.expose(|text| text == PASSPHRASE)) {
            Some(true) | None => Ok(Box::new(self.vault.clone())),
            Some(false) => Err(explained("~/vault.age: wrong passphrase", Exit::Locked)),
        }
    }

    fn change(&mut self, change: &Change) -> Result<(keyfob::vault::Applied, Box<Vault>), NotChanged> {
        if self.disk == Disk::Full {
            return Err(NotChanged::NotSaved(explained(
                "~/vault.age: no space left on device",
                Exit::System,
            )));
        }
        if self.relocked {
            return Err(NotChanged::Relocked(self.relock));
        }
        let applied = self.vault.apply(change, UnixTime(self.now)).map_err(|error| {
            let device = change.device().and_then(|id| self.vault.get(id));
            let why = error.about(device.map_or("device".to_owned(), Device::label));
            match error {
                ChangeError::ChangedElsewhere { field } => {
                    NotChanged::Overtaken { field, why, vault: Box::new(self.vault.clone()) }
                }
                _ => NotChanged::Refused(why),
            }
        })?;
        Ok((applied, Box::new(self.vault.clone())))
    }

    fn prove(&self, passphrase: Option<&Passphrase>) -> Result<Proof, NotProved> {
        let typed = passphrase.map(|typed| typed.expose(|text| text == PASSPHRASE));
        match (typed, &self.identity) {
            (_, Identity::Open) => Ok(Proof::Unasked),
            (Some(true), _) => Ok(Proof::Typed),
            (Some(false), _) => Err(NotProved::DoesNotOpen),
            (None, Identity::None) => Err(NotProved::Ask(Asked::Vault)),
            (None, Identity::Encrypted) => Err(NotProved::Ask(Asked::Identity("key.age".to_owned()))),
        }
    }

    /// What is on the screen, line by line, without white space at the ends.
    pub fn screen(&self) -> String {
        lines(&self.buffer().0)
    }

    pub fn buffer(&self) -> (Buffer, Option<Position>) {
        let area = Rect::new(0, 0, self.size.0, self.size.1);
        let mut buffer = Buffer::empty(area);
        let cursor = view::draw(&self.model, area, &mut buffer);
        (buffer, cursor)
    }

    pub fn shows(&self, text: &str) -> bool {
        self.screen().contains(text)
    }

    /// What was asked of the world since the last time.
    pub fn asked(&mut self) -> Vec<String> {
        std::mem::take(&mut self.asked)
    }

    pub fn device(&self, issuer: &str) -> &Device {
        self.vault.devices().find(|device| device.issuer.raw() == issuer).unwrap()
    }

    pub fn code(&self, issuer: &str) -> String {
        let device = self.device(issuer);
        device.method.code_at(&device.secret, UnixTime(self.now)).to_string()
    }

    pub fn selected(&self) -> String {
        self.model.open().and_then(|open| open.selected()).map(Device::label).unwrap_or_default()
    }
}

/// Files in memory, and what was typed for them.
struct FromMemory<'a> {
    files: &'a HashMap<String, Vec<u8>>,
    request: &'a ImportRequest,
}

impl Helper for FromMemory<'_> {
    type Failure = NotImported;

    const GPG_MAY_ASK: bool = false;

    fn open(&mut self, path: &Path, _: u64) -> Result<Zeroizing<Vec<u8>>, NotImported> {
        let path = path.display().to_string();
        let missing = NotImported::Failed(explained(&format!("{path}: there is no such file"), Exit::System));
        self.files.get(&path).cloned().map(Zeroizing::new).ok_or(missing)
    }

    fn password(&mut self, path: &Path, needed: &ReadError) -> Result<Passphrase, NotImported> {
        self.request.password_of(path, needed)
    }

    fn identities(&mut self) -> Result<Option<Identities>, NotImported> {
        Ok(None)
    }

    fn accept_memory(&mut self, mebibytes: u64) -> Result<(), NotImported> {
        if self.request.dear { Ok(()) } else { Err(NotImported::Dear { mebibytes }) }
    }
}

pub fn lines(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width.max(1));
    let rows = buffer.content().chunks(width);
    let row = |cells: &[ratatui::buffer::Cell]| {
        let mut line = String::new();
        let mut skip = 0;
        for cell in cells {
            if skip == 0 {
                line.push_str(cell.symbol());
                skip = keyfob::text::width(cell.symbol()).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        line.trim_end().to_owned()
    };
    rows.map(row).collect::<Vec<_>>().join("\n")
}

/// An effect in words, without what it holds.
fn in_words(effect: &Effect) -> String {
    match effect {
        Effect::Change { change, .. } => match change.as_ref() {
            Change::Add(candidate) => format!("add {}:{}", candidate.issuer, candidate.account),
            Change::Import(candidates) => format!("import {}", candidates.len()),
            Change::RemoveAll(ids) => format!("remove {}", ids.len()),
            Change::RestoreAll(devices) => format!("restore {}", devices.len()),
            Change::Edit { .. } => "edit".to_owned(),
            Change::Remove(_) => "remove".to_owned(),
            Change::Restore(_) => "restore".to_owned(),
            Change::Advance(_) => "advance".to_owned(),
            Change::StepBack { from, .. } => format!("step back from {from}"),
            Change::StepOn { from, .. } => format!("step on from {from}"),
            Change::Checked(_) => "checked".to_owned(),
            Change::Exported { devices } => format!("exported {devices}"),
        },
        Effect::Copy(_) => "copy".to_owned(),
        Effect::Spend { step, .. } => format!("spend {}", step.is_some()),
        Effect::Remember(_) => "remember".to_owned(),
        Effect::Recall => "recall".to_owned(),
        Effect::AskAws(call) => aws_in_words(&call.ask),
        Effect::ReadImport(request) => format!("import {}", request.path.display()),
        Effect::ReadClipboard => "read the clipboard".to_owned(),
        Effect::ReadPicture(path) => format!("read {}", path.display()),
        Effect::Export(request) => format!("export {} {:?}", request.path.display(), request.overwrite),
        Effect::Create { .. } => "create".to_owned(),
        Effect::Unlock { passphrase } => format!("unlock {}", passphrase.is_some()),
        Effect::ReadFolder(path) => format!("folder {path}"),
        Effect::Prove { passphrase, .. } => format!("prove {}", passphrase.is_some()),
        Effect::Wipe => "wipe".to_owned(),
        Effect::Reload => "reload".to_owned(),
        Effect::ClearClipboard => "clear".to_owned(),
        Effect::Lock => "lock".to_owned(),
        Effect::Redraw => "redraw".to_owned(),
        Effect::Suspend => "suspend".to_owned(),
        Effect::Quit => "quit".to_owned(),
    }
}

fn aws_in_words(ask: &AwsAsk) -> String {
    match ask {
        AwsAsk::Profiles => "aws profiles".to_owned(),
        AwsAsk::Make { who, name } => format!("aws make {who:?} {name:?}"),
        AwsAsk::Enable(on, [first, second]) => {
            format!("aws enable {} {} {}", on.serial, first.as_str(), second.as_str())
        }
        AwsAsk::Verify(on) => format!("aws verify {}", on.serial),
        AwsAsk::Resync(on, [first, second]) => {
            format!("aws resync {} {} {}", on.serial, first.as_str(), second.as_str())
        }
        AwsAsk::Delete { serial, .. } => format!("aws delete {serial}"),
    }
}

/// Keys of a journey: names apart by spaces, texts in single quotes.
fn parse(journey: &str) -> Vec<KeyPress> {
    let mut presses = Vec::new();
    for (at, part) in journey.split('\'').enumerate() {
        if at % 2 == 1 {
            presses.extend(part.chars().map(|c| KeyPress::plain(keyfob::app::Key::Char(c))));
        } else {
            presses.extend(part.split_whitespace().map(|name| name.parse::<KeyPress>().unwrap()));
        }
    }
    presses
}
