//! An open vault on the screen.

use super::add::AddForm;
use super::check::CheckForm;
use super::edit::EditForm;
use super::export::ExportForm;
use super::keymap::Context;
use super::list::{Find, List};
use super::palette::Palette;
use crate::clock::UnixTime;
use crate::device::{Device, DeviceId};
use crate::otp::Code;
use crate::state::{Grouping, Remembered, Steps, is_spent};
use crate::vault::{Change, Vault};
use std::time::Duration;

/// How many deletions and edits can be taken back.
const MAX_UNDO: usize = 50;

/// What is open over the list.
#[derive(Debug)]
pub enum Dialog {
    /// A new device.
    Add(Box<AddForm>),
    /// What a device is called.
    Edit(Box<EditForm>),
    /// Enrolment codes.
    Check(Box<CheckForm>),
    /// A backup.
    Export(Box<ExportForm>),
    /// All commands.
    Palette(Box<Palette>),
    /// A vault was made: what to do next.
    Made,
}

/// A counter device's code, shown after it was taken.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Whose code.
    pub id: DeviceId,
    /// The counter it belongs to.
    pub counter: u64,
    /// The uptime from which it is gone.
    pub until: Duration,
}

/// What did not get to disk.
#[derive(Debug)]
pub struct Unsaved {
    /// The changes, in order.
    pub changes: Vec<Change>,
    /// Why, in one line.
    pub why: String,
}

/// An open vault.
#[derive(Debug)]
pub struct Open {
    /// As it is on disk.
    pub vault: Box<Vault>,
    /// The list of its devices.
    pub list: List,
    /// What is open over the list.
    pub dialog: Option<Dialog>,
    /// Whether codes are hidden.
    pub hidden: bool,
    /// Whether the details are open where there is no room beside the list.
    pub detail_open: bool,
    /// How many changes are on their way to disk.
    pub saving: usize,
    /// What did not get there.
    pub unsaved: Option<Unsaved>,
    /// A counter device's code that is shown.
    pub taken: Option<Taken>,
    /// Counter devices whose next code is being taken.
    pub taking: Vec<DeviceId>,
    /// The last steps whose codes were handed out, here or by another session.
    pub spent: Steps,
    /// What takes the last changes back, the latest last.
    pub undo: Vec<Change>,
    /// The one that is on its way.
    pub undoing: Option<Change>,
    /// Whether the file has to be read again once the form is closed.
    pub reload_due: bool,
}

impl Open {
    /// A vault that was just opened, with its codes hidden or not, and what is remembered of it.
    pub fn new(vault: Box<Vault>, hidden: bool, remembered: Remembered) -> Self {
        let list = List::new(&vault, remembered.view);
        Self {
            vault,
            list,
            dialog: None,
            hidden,
            detail_open: false,
            saving: 0,
            unsaved: None,
            taken: None,
            taking: Vec::new(),
            spent: remembered.spent,
            undo: Vec::new(),
            undoing: None,
            reload_due: false,
        }
    }

    /// Takes in the vault as it is on disk now.
    pub fn replace(&mut self, vault: Box<Vault>) {
        self.vault = vault;
        self.list.rebuild(&self.vault);
        let about = match &self.dialog {
            Some(Dialog::Check(form)) => Some(form.id),
            Some(Dialog::Edit(form)) => Some(form.id),
            _ => None,
        };
        if about.is_some_and(|id| self.vault.get(id).is_none()) {
            self.dialog = None;
        }
    }

    /// Whether the list has headings when it is not narrowed.
    pub fn is_grouped(&self) -> bool {
        self.list.view().grouping != Grouping::None
    }

    /// The contexts whose keys work on the list, the first one first.
    pub fn list_contexts(&self) -> &'static [Context] {
        let grouped = self.is_grouped() && !self.list.is_narrowed();
        match &self.list.find {
            Find::Typing(_) => &[Context::Find],
            // Where the details cover the list they are closed before anything else.
            _ if !grouped || self.detail_open => &[Context::List],
            _ if self.list.heading().is_some() => &[Context::Heading, Context::Group, Context::List],
            _ => &[Context::Group, Context::List],
        }
    }

    /// The selected device; none on a heading.
    pub fn selected(&self) -> Option<&Device> {
        self.vault.device_at(self.list.selected_place()?)
    }

    /// Whether a device's code of this moment was handed out already.
    pub fn is_spent(&self, device: &Device, now: UnixTime) -> bool {
        let step = device.method.period().map(|_| device.factor_at(now));
        step.zip(self.spent.get(&device.id)).is_some_and(|(step, last)| is_spent(*last, step))
    }

    /// Takes in what this and other sessions wrote down. How the list is looked at stays as it is here.
    pub fn recall(&mut self, remembered: Remembered) {
        self.spent.extend(remembered.spent);
        self.list.set_recent(remembered.view.recent);
    }

    /// A counter device's code, while it is shown.
    pub fn taken_code(&self, device: &Device) -> Option<Code> {
        let taken = self.taken.filter(|taken| taken.id == device.id)?;
        Some(device.code(taken.counter))
    }

    /// Remembers what takes a change back.
    pub fn remember(&mut self, inverse: Change) {
        self.undo.push(inverse);
        if self.undo.len() > MAX_UNDO {
            self.undo.remove(0);
        }
    }

    /// Keeps a change that did not get to disk.
    pub fn keep_unsaved(&mut self, change: Change, why: String) {
        let unsaved = self.unsaved.get_or_insert_with(|| Unsaved { changes: Vec::new(), why: String::new() });
        unsaved.changes.push(change);
        unsaved.why = why;
    }

    /// Whether a form is open, during which the vault under it is not replaced.
    pub fn in_form(&self) -> bool {
        !matches!(self.dialog, None | Some(Dialog::Palette(_) | Dialog::Made))
    }
}
