//! The state of the interface, and the one door to it.

use super::first_run::FirstRun;
use super::keymap::{Action, Context, Facts, Keymap};
use super::layout::{self, Layout};
use super::list::Spot;
use super::notice::{Notice, STAYS, Tone};
use super::open::{Dialog, Kept, Open};
use super::question::{Leave, Question};
use super::unlock::UnlockForm;
use super::{Appearance, AwsWho, Effect, KeyPress, Looks, Message, Moment, Options, Start};
use crate::clock::{Synchronised, UnixTime};
use crate::device::{Device, Enrolled};
use crate::otp::Kind;
use crate::state::Remembered;
use crate::vault::LockInfo;
use std::time::Duration;
use zeroize::Zeroizing;

/// The state of the interface.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // independent facts, each named where it is set
pub struct Model {
    pub(crate) vault_shown: String,
    pub(crate) demo: bool,
    pub(crate) read_only: bool,
    pub(crate) appearance: Appearance,
    pub(crate) looks: Looks,
    pub(crate) keys: Keymap,
    /// Whether codes are hidden when a vault is opened.
    pub(super) hide_codes: bool,
    blank_unfocused: bool,
    /// Whether the terminal's window has the focus, as far as it says so.
    focused: bool,
    pub(super) clear_clipboard: Duration,
    pub(super) idle_lock: Duration,
    pub(crate) time_zone: jiff::tz::TimeZone,
    pub(crate) size: (u16, u16),
    pub(crate) moment: Moment,
    /// The uptime of the last key.
    pub(super) touched: Duration,
    /// What the kernel says of its clock.
    pub(crate) synchronised: Synchronised,
    pub(super) lock: Option<LockInfo>,
    pub(crate) screen: Screen,
    pub(crate) question: Option<Question>,
    /// How far the help is scrolled, where it is open over all else.
    pub(crate) help: Option<usize>,
    pub(crate) notice: Option<Notice>,
    pub(super) clipboard: Clipboard,
    /// What is to be saved once the vault is unlocked again.
    pub(super) kept: Option<Kept>,
    /// How many files were asked for to be imported.
    pub(super) readings: u64,
    /// Whether the picture on the clipboard is being read.
    pub(super) pasting: bool,
    /// What this machine remembers of the vault that is opened next.
    pub(super) remembered: Remembered,
    /// Where the last click was, and when.
    pub(super) clicked: Option<(Spot, Duration)>,
    /// How the vault is left once what is being saved is saved.
    pub(super) leaving: Option<Leave>,
    /// Whether AWS can be asked.
    aws: bool,
    /// How many calls of AWS were asked for.
    pub(super) calls: u64,
    /// What AWS made that is not on disk yet.
    pub(super) made: Vec<Made>,
    /// The numbers of the calls that delete what could not be kept.
    pub(super) deleting: Vec<u64>,
}

/// A device that AWS made, on its way to disk.
#[derive(Debug)]
pub(super) struct Made {
    /// Its serial number.
    pub(super) serial: String,
    /// Whose keys made it, and for whom.
    pub(super) who: AwsWho,
}

/// What fills the screen.
#[derive(Debug)]
pub enum Screen {
    /// There is no vault yet.
    FirstRun(FirstRun),
    /// The vault is locked.
    Locked(UnlockForm),
    /// The vault is open.
    Open(Box<Open>),
}

/// What is on the clipboard because of us.
#[derive(Debug, Default)]
pub(super) struct Clipboard {
    /// What is on its way there.
    pub(super) copying: Option<Copying>,
    /// The uptime at which it is to be taken off.
    pub(super) until: Option<Duration>,
}

/// A code on its way to the clipboard.
#[derive(Debug)]
pub(super) struct Copying {
    /// As it is told.
    pub(super) shown: Zeroizing<String>,
    /// Whose, and of which time step; none for a counter device.
    pub(super) used: (crate::device::DeviceId, Option<u64>),
    /// What else there is to say.
    pub(super) remark: Option<String>,
}

impl Model {
    /// The first state, and what is to be done at once.
    pub fn new(options: Options) -> (Self, Vec<Effect>) {
        let (lock, screen) = match options.start {
            Start::FirstRun => (None, Screen::FirstRun(FirstRun::new())),
            Start::Locked(lock) => (Some(lock.clone()), Screen::Locked(UnlockForm::new(Some(lock)))),
            Start::Open(vault) => {
                (None, Screen::Open(Box::new(Open::new(vault, options.hide_codes, options.remembered))))
            }
        };
        let mut model = Self {
            vault_shown: options.vault_shown,
            demo: options.demo,
            read_only: options.read_only,
            appearance: options.appearance,
            looks: options.looks,
            keys: options.keys,
            hide_codes: options.hide_codes,
            blank_unfocused: options.blank_unfocused,
            focused: true,
            clear_clipboard: options.clear_clipboard,
            idle_lock: options.idle_lock,
            time_zone: options.time_zone,
            size: options.size,
            moment: options.moment,
            touched: options.moment.uptime,
            synchronised: Synchronised::Unknown,
            lock,
            screen,
            question: None,
            help: None,
            notice: None,
            clipboard: Clipboard::default(),
            kept: None,
            readings: 0,
            pasting: false,
            remembered: Remembered::default(),
            clicked: None,
            leaving: None,
            aws: options.aws,
            calls: 0,
            made: Vec::new(),
            deleting: Vec::new(),
        };
        if let Some(rollback) = options.rollback {
            model.tell_rollback(&rollback);
        }
        (model, Vec::new())
    }

    /// Takes in what happened. The only way in which the model changes; it does no I/O and asks no clock.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        // Who types has the focus, whatever the terminal said.
        let woken =
            self.is_blank() && matches!(message, Message::Key(_) | Message::Paste(_) | Message::Mouse(_));
        if woken {
            self.focused = true;
            self.touched = self.moment.uptime;
        }
        let guarded = self.shows_guarded();
        let mut effects = match message {
            // Nobody saw what a click or a key would have met: it brings the screen back, and no more.
            Message::Key(press) if woken && !self.works_everywhere(press) => Vec::new(),
            Message::Mouse(_) if woken => Vec::new(),
            Message::Key(press) => self.on_key(press),
            Message::Paste(text) => self.on_paste(&text),
            Message::Mouse(mouse) => self.on_mouse(mouse),
            Message::Resized(columns, rows) => {
                self.size = (columns, rows);
                self.lay_out_pages();
                Vec::new()
            }
            Message::Focus(focused) => {
                self.focused = focused;
                Vec::new()
            }
            Message::Tick(moment) => self.on_tick(moment),
            // Nobody looks at it while the program stands still.
            Message::Stopping if guarded => self.close_dialog(),
            Message::Stopping => Vec::new(),
            Message::Resumed(moment) => {
                let mut effects = self.on_tick(moment);
                effects.push(Effect::Redraw);
                effects
            }
            Message::Clock(synchronised) => {
                self.synchronised = synchronised;
                Vec::new()
            }
            Message::FileChanged => self.on_file_changed(),
            Message::StateChanged => self.open().map(|_| Effect::Recall).into_iter().collect(),
            Message::Done(outcome) => self.on_outcome(outcome),
        };
        // Locking wipes what was drawn anyway.
        let wiped = effects.iter().any(|effect| matches!(effect, Effect::Lock | Effect::Quit));
        if guarded && !self.shows_guarded() && !wiped {
            effects.insert(0, Effect::Wipe);
        }
        self.scroll();
        effects.extend(self.read_folder());
        effects
    }

    /// Whether the vault is locked.
    pub fn is_locked(&self) -> bool {
        matches!(self.screen, Screen::Locked(_))
    }

    /// Whether nothing of the vault may be shown, since the terminal's window has not the focus.
    pub fn is_blank(&self) -> bool {
        self.blank_unfocused && !self.focused && self.open().is_some()
    }

    /// The open vault, if it is open.
    pub fn open(&self) -> Option<&Open> {
        match &self.screen {
            Screen::Open(open) => Some(open),
            _ => None,
        }
    }

    /// Whether the help is open over all else.
    pub fn is_helping(&self) -> bool {
        self.help.is_some()
    }

    /// What fills the screen.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }

    /// The question that stands, if one does.
    pub fn question(&self) -> Option<&Question> {
        self.question.as_ref()
    }

    /// The sentence on the status line, if there is one.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Where the panes are.
    pub fn layout(&self) -> Layout {
        self.layout_for(self.size)
    }

    /// Where the panes are on a screen of so many columns and rows.
    pub fn layout_for(&self, size: (u16, u16)) -> Layout {
        let open = self.open();
        let alarm = open.is_some_and(|open| open.unsaved.is_some());
        Layout::of(size, alarm, open.is_some_and(|open| open.detail_open))
    }

    /// What is so now, for the keys.
    pub fn facts(&self) -> Facts {
        let open = self.open();
        let checked = open.and_then(|open| match &open.dialog {
            Some(Dialog::Check(form)) => open.vault.get(form.id),
            _ => None,
        });
        Facts {
            read_only: self.read_only,
            demo: self.demo,
            aws: self.aws && !self.demo,
            unsaved: open.is_some_and(|open| open.unsaved.is_some()),
            narrow: layout::is_narrow(self.size),
            hidden: open.is_some_and(|open| open.hidden),
            letters: checked.is_some_and(|device| device.method.kind() == Kind::Steam),
            completion: self.path_field().is_some_and(|path| !path.ghost().is_empty()),
            stopped: self.aws_device().is_some_and(|device| Enrolled::of(device).is_some()),
            by_console: checked.is_some_and(Device::waits_for_console),
            own_clock: checked.is_some_and(|device| !device.drift.is_none()),
        }
    }

    /// The key of a command as people read it here, if it has one.
    pub(crate) fn key_name(&self, action: Action) -> Option<String> {
        self.keys.first(action).map(|key| key.shown(self.appearance.unicode))
    }

    /// A time as people read it here: `2026-11-24`.
    pub(crate) fn date(&self, time: UnixTime) -> String {
        self.strftime(time, "%Y-%m-%d")
    }

    /// A time of day as people read it here: `14:03:30`.
    pub(crate) fn time_of_day(&self, time: UnixTime) -> String {
        self.strftime(time, "%H:%M:%S")
    }

    fn strftime(&self, time: UnixTime, format: &str) -> String {
        let seconds = i64::try_from(time.0).unwrap_or(i64::MAX);
        let stamp = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX);
        self.time_zone.to_datetime(stamp).strftime(format).to_string()
    }

    pub(super) fn open_mut(&mut self) -> Option<&mut Open> {
        match &mut self.screen {
            Screen::Open(open) => Some(open),
            _ => None,
        }
    }

    pub(super) fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.say_for(STAYS, tone, text);
    }

    pub(super) fn say_for(&mut self, stays: Duration, tone: Tone, text: impl Into<String>) {
        let until = self.moment.uptime + stays;
        self.notice = Some(Notice { tone, text: text.into(), shows_code: false, until });
    }

    fn works_everywhere(&self, press: KeyPress) -> bool {
        self.keys.action(&[Context::Everywhere], press, self.facts()).is_some()
    }

    fn scroll(&mut self) {
        let shown = self.layout().list_rows();
        if let Screen::Open(open) = &mut self.screen {
            open.list.scroll(shown);
        }
    }
}
