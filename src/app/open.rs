//! An open vault on the screen.

use super::Relock;
use super::add::AddForm;
use super::aws::AwsDialog;
use super::check::CheckForm;
use super::edit::EditForm;
use super::export::ExportForm;
use super::history::{History, Why};
use super::import::{ImportForm, ImportStep};
use super::keymap::Context;
use super::list::{Find, Group, List};
use super::pages::PagesShown;
use super::palette::Palette;
use super::prove::{Guarded, ProveForm, QrShown, SecretShown};
use crate::clock::UnixTime;
use crate::device::{Device, DeviceId};
use crate::explain::notices;
use crate::otp::Code;
use crate::state::{Grouping, Remembered, Steps, is_spent};
use crate::vault::{Change, Vault, VaultId};
use std::time::Duration;

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
    /// Other apps' files.
    Import(Box<ImportForm>),
    /// What a device has to do with AWS.
    Aws(Box<AwsDialog>),
    /// All commands.
    Palette(Box<Palette>),
    /// The passphrase again, before something guarded is shown.
    Prove(Box<ProveForm>),
    /// A device's secret.
    Secret(SecretShown),
    /// A device's QR code.
    Qr(Box<QrShown>),
    /// A group's QR codes.
    Pages(Box<PagesShown>),
    /// A vault was made: what to do next.
    Made,
}

impl Dialog {
    /// Whether it is a form whose contents are on their way to disk.
    pub fn is_saving(&self) -> bool {
        match self {
            Self::Add(form) => form.saving,
            Self::Edit(form) => form.saving,
            Self::Import(form) => form.step == ImportStep::Saving,
            Self::Aws(dialog) => dialog.is_saving(),
            Self::Check(form) => form.saving,
            _ => false,
        }
    }

    /// Whether all that it is about is there.
    fn stands(&self, vault: &Vault, list: &List) -> bool {
        let is_there = |id| vault.get(id).is_some();
        match self {
            Self::Check(form) => is_there(form.id),
            Self::Edit(form) => is_there(form.id),
            Self::Prove(form) => form.then.stands(vault, list),
            Self::Secret(shown) => is_there(shown.id),
            Self::Qr(shown) => is_there(shown.id),
            Self::Pages(shown) => shown.devices().all(is_there),
            Self::Aws(dialog) => dialog.needs().all(is_there),
            Self::Add(_) | Self::Export(_) | Self::Import(_) | Self::Palette(_) | Self::Made => true,
        }
    }
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
#[derive(Debug, Default)]
pub struct Unsaved {
    /// The changes, in order, and why each was made.
    pub changes: Vec<(Change, Why)>,
    /// Why, in one line.
    pub why: String,
}

/// What is to be saved once the vault is open again.
#[derive(Debug)]
pub(super) struct Kept {
    /// Which vault it is for.
    pub(super) vault: VaultId,
    /// The changes, in order.
    pub(super) changes: Vec<(Change, Why)>,
    /// Why it is not open any more.
    pub(super) relock: Relock,
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
    /// The uptime from which they are hidden again.
    pub revealed_until: Option<Duration>,
    /// Whether the details are open where there is no room beside the list.
    pub detail_open: bool,
    /// The page of the details there, and whose they are.
    detail_page: Option<(DeviceId, usize)>,
    /// How many changes are on their way to disk.
    pub saving: usize,
    /// The numbers of the calls by which AWS makes devices: each counts as a change until it is answered.
    pub making: Vec<u64>,
    /// What did not get there.
    pub unsaved: Option<Unsaved>,
    /// A counter device's code that is shown.
    pub taken: Option<Taken>,
    /// Counter devices whose next code is being taken.
    pub taking: Vec<DeviceId>,
    /// The last steps whose codes were handed out, here or by another session.
    pub spent: Steps,
    /// What can be taken back and made again.
    pub history: History,
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
            revealed_until: None,
            detail_open: false,
            detail_page: None,
            saving: 0,
            making: Vec::new(),
            unsaved: None,
            taken: None,
            taking: Vec::new(),
            spent: remembered.spent,
            history: History::default(),
            reload_due: false,
        }
    }

    /// Opens the details where they cover the list, or their next page.
    pub(super) fn open_detail(&mut self) {
        let next = if self.detail_open { self.detail_page() + 1 } else { 0 };
        self.detail_page = self.list.selected().map(|id| (id, next));
        self.detail_open = true;
    }

    /// How often the details of the selected device were turned; after the last page comes the first.
    pub fn detail_page(&self) -> usize {
        let turned = self.detail_page.filter(|&(id, _)| self.list.selected() == Some(id));
        turned.map_or(0, |(_, page)| page)
    }

    /// Takes in the vault as it is on disk now.
    pub fn replace(&mut self, vault: Box<Vault>) {
        self.vault = vault;
        self.list.rebuild(&self.vault);
        if self.dialog.as_ref().is_some_and(|dialog| !dialog.stands(&self.vault, &self.list)) {
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

    /// What people call that which is guarded: a device, or a group by its heading.
    pub fn label_of(&self, what: Guarded) -> String {
        match what {
            Guarded::Secret(id) | Guarded::Qr(id) => {
                self.vault.get(id).map(Device::label).unwrap_or_default()
            }
            Guarded::Pages(id) => {
                self.list.group_of(id).map(|group| self.heading_name(group)).unwrap_or_default()
            }
        }
    }

    /// What stands on a heading.
    pub fn heading_name(&self, group: &Group) -> String {
        match self.list.view().grouping {
            Grouping::Tag if group.name.is_empty() => notices::WITHOUT_TAG.to_owned(),
            _ if group.name.is_empty() => notices::WITHOUT_ISSUER.to_owned(),
            _ => group.name.clone(),
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

    /// Keeps a change that did not get to disk, with what stopped it.
    pub fn keep_unsaved(&mut self, change: (Change, Why), stopped: String) {
        let unsaved = self.unsaved.get_or_insert_with(Unsaved::default);
        unsaved.changes.push(change);
        unsaved.why = stopped;
    }

    /// Whether a form is open, during which the vault under it is not replaced.
    pub fn in_form(&self) -> bool {
        !matches!(self.dialog, None | Some(Dialog::Palette(_) | Dialog::Made))
    }
}
