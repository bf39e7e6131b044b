//! What the keys of the list do.

use super::check::CheckForm;
use super::edit::EditForm;
use super::export::ExportForm;
use super::keymap::{Action, Facts};
use super::list::Find;
use super::model::{Copying, Model};
use super::notice::Tone;
use super::open::Dialog;
use super::prove::Guarded;
use super::question::{Leave, Question, Then};
use super::{Effect, KeyPress, Why};
use crate::device::Device;
use crate::explain::notices;
use crate::vault::{Change, Edit};
use zeroize::Zeroizing;

/// With fewer seconds than this left, a copied code may come too late.
const SOON_OVER: u64 = 5;

impl Model {
    pub(super) fn on_list_key(&mut self, press: KeyPress) -> Vec<Effect> {
        match self.action(self.contexts(), press) {
            Some(action) => return self.on_list(action),
            None if self.would_write(press) => self.say(Tone::Warning, notices::READ_ONLY),
            None => return self.on_find_key(press),
        }
        Vec::new()
    }

    /// Whether a key would do something here, had the vault not been opened read-only.
    fn would_write(&self, press: KeyPress) -> bool {
        let facts = Facts { read_only: false, ..self.facts() };
        self.read_only && self.keys.action(self.contexts(), press, facts).is_some()
    }

    /// What an action of the list does, by its key or from the palette.
    pub(super) fn on_list(&mut self, action: Action) -> Vec<Effect> {
        let page = isize::try_from(self.layout().list_rows()).unwrap_or(1);
        let Some(open) = self.open_mut() else { return Vec::new() };
        match action {
            Action::Up => open.list.go(-1),
            Action::Down => open.list.go(1),
            Action::PageUp => open.list.go(-page),
            Action::PageDown => open.list.go(page),
            Action::First => open.list.go(isize::MIN),
            Action::Last => open.list.go(isize::MAX),
            Action::Find => open.list.start_finding(),
            Action::KeepFound => open.list.keep_found(),
            Action::Cancel => open.list.stop_finding(&open.vault),
            Action::HideCodes => return self.hide_or_show(),
            Action::OpenDetail => open.open_detail(),
            Action::CloseDetail => open.detail_open = false,
            Action::Help => self.toggle_help(),
            Action::Palette => self.open_palette(),
            Action::Add => open.dialog = Some(Dialog::Add(Box::default())),
            other => return self.on_list_action(other),
        }
        Vec::new()
    }

    fn on_list_action(&mut self, action: Action) -> Vec<Effect> {
        let needs_secret =
            [Action::Copy, Action::CopyNext, Action::ShowSecret, Action::ShowQr, Action::Check];
        if needs_secret.contains(&action) && self.is_on_token() {
            return Vec::new();
        }
        match action {
            Action::Copy => return self.copy(),
            Action::CopyNext => return self.copy_next(),
            Action::ShowSecret => return self.ask_for_selected(Guarded::Secret),
            Action::ShowQr => return self.ask_for_qr(),
            Action::Favourite => return self.change_favourite(),
            Action::Undo => return self.undo_or_redo(Why::Undone),
            Action::Redo => return self.undo_or_redo(Why::Redone),
            Action::StepBack => self.ask_to_step_back(),
            Action::Retry => return self.retry(),
            Action::Lock => return self.ask_to_leave(Leave::Lock),
            Action::Quit => return self.ask_to_leave(Leave::Quit),
            Action::Delete => self.ask_to_delete(),
            Action::Sort => return self.resort(),
            Action::Group => return self.regroup(),
            Action::Fold => return self.toggle_group(),
            Action::CloseGroup => return self.close_group(),
            Action::OpenGroup => return self.set_folded(false),
            Action::Edit => {
                self.open_with_selected(|device, _| Dialog::Edit(Box::new(EditForm::new(device))));
            }
            Action::Check => self.open_with_selected(|device, model| {
                Dialog::Check(Box::new(CheckForm::new(device, model.moment.now)))
            }),
            Action::Export => self.open_export(),
            Action::Import => self.open_import(),
            Action::PastePicture => return self.read_clipboard(),
            Action::Aws => return self.open_aws(),
            _ => {}
        }
        Vec::new()
    }

    fn on_find_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Find::Typing(field) = &mut open.list.find else { return Vec::new() };
        let typed = field.on_key(press);
        open.list.narrow(&open.vault);
        self.tell_full(typed);
        Vec::new()
    }

    fn open_with_selected(&mut self, dialog: impl FnOnce(&Device, &Self) -> Dialog) {
        let opened = self.open().and_then(|open| open.selected()).map(|device| dialog(device, self));
        match (opened, self.open_mut()) {
            (Some(dialog), Some(open)) => open.dialog = Some(dialog),
            _ => self.tell_no_device(),
        }
    }

    /// Says why there is nothing to be done with the selected row.
    fn tell_no_device(&mut self) {
        let on_heading = self.open().is_some_and(|open| open.list.heading().is_some());
        self.say(Tone::Plain, if on_heading { notices::ON_HEADING } else { notices::NO_DEVICE });
    }

    pub(super) fn open_export(&mut self) {
        let proposed = format!("~/keyfob-{}.age", self.date(self.moment.now));
        if let Some(open) = self.open_mut() {
            open.dialog = Some(Dialog::Export(Box::new(ExportForm::new(&proposed))));
        }
    }

    fn resort(&mut self) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        let change = open.list.resort(&open.vault);
        let words = notices::sorted(open.list.view().sort);
        self.say(Tone::Plain, words);
        self.remember(Effect::Remember(change))
    }

    fn regroup(&mut self) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        let change = open.list.regroup(&open.vault);
        let words = notices::grouped(open.list.view().grouping);
        self.say(Tone::Plain, words);
        self.remember(Effect::Remember(change))
    }

    /// Folds the selected heading's group, or shows it again.
    pub(super) fn toggle_group(&mut self) -> Vec<Effect> {
        let change = self.open_mut().and_then(|open| open.list.toggle());
        change.map(|change| self.remember(Effect::Remember(change))).unwrap_or_default()
    }

    /// Goes from a device to its heading, and folds the group there.
    fn close_group(&mut self) -> Vec<Effect> {
        if self.open_mut().is_some_and(|open| open.list.to_heading()) {
            return Vec::new();
        }
        self.set_folded(true)
    }

    fn set_folded(&mut self, folded: bool) -> Vec<Effect> {
        let change = self.open_mut().and_then(|open| open.list.set_folded(folded));
        change.map(|change| self.remember(Effect::Remember(change))).unwrap_or_default()
    }

    fn ask_to_delete(&mut self) {
        let Some(device) = self.open().and_then(|open| open.selected()) else {
            return self.tell_no_device();
        };
        let (id, label) = (device.id, device.label());
        self.question = Some(Question {
            asks: notices::delete(&label),
            hint: notices::delete_hint(self.key_name(Action::Undo).as_deref()).into(),
            then: Then::Remove(id),
        });
    }

    fn ask_to_step_back(&mut self) {
        let Some(device) = self.open().and_then(|open| open.selected()) else { return };
        let (id, label) = (device.id, device.label());
        match device.method.counter() {
            None => self.say(Tone::Plain, notices::NO_COUNTER),
            Some(0) => self.say(Tone::Plain, notices::COUNTER_AT_START),
            Some(from) => {
                self.question = Some(Question {
                    asks: notices::step_back(&label, from),
                    hint: notices::STEP_BACK_HINT.into(),
                    then: Then::StepBack { id, from },
                });
            }
        }
    }

    fn change_favourite(&mut self) -> Vec<Effect> {
        let Some(device) = self.open().and_then(|open| open.selected()) else {
            self.tell_no_device();
            return Vec::new();
        };
        let edit = Edit { favourite: Some(!device.favourite), ..Edit::default() };
        self.change(Change::Edit { id: device.id, edit: Box::new(edit) })
    }

    /// Copies the code of the selected device; a counter device's next code is taken first. A heading is folded.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        if self.open().is_some_and(|open| open.list.heading().is_some()) {
            return self.toggle_group();
        }
        if self.is_on_token() {
            return Vec::new();
        }
        let Some(device) = self.open().and_then(|open| open.selected()) else {
            self.tell_no_device();
            return Vec::new();
        };
        let id = device.id;
        let Some(period) = device.method.period() else { return self.take_code(id) };
        let factor = device.factor_at(self.moment.now);
        let remaining = period.remaining_at(self.moment.now);
        let remark = (remaining <= SOON_OVER).then(|| notices::soon_over(remaining));
        let (code, secret_of) = (device.code(factor), (id, Some(factor)));
        self.copy_code(code, secret_of, remark)
    }

    /// Whether the selected device's codes are on a token; says so.
    fn is_on_token(&mut self) -> bool {
        let on_token =
            self.open().and_then(|open| open.selected()).is_some_and(|device| !device.has_secret());
        if on_token {
            self.say(Tone::Plain, notices::ON_TOKEN);
        }
        on_token
    }

    fn copy_next(&mut self) -> Vec<Effect> {
        let Some(device) = self.open().and_then(|open| open.selected()) else {
            self.tell_no_device();
            return Vec::new();
        };
        let Some(period) = device.method.period() else {
            self.say(Tone::Plain, notices::no_next_code(self.key_name(Action::Copy).as_deref()));
            return Vec::new();
        };
        let factor = device.factor_at(self.moment.now).saturating_add(1);
        let remark = notices::valid_in(period.remaining_at(self.moment.now));
        let (code, used) = (device.code(factor), (device.id, Some(factor)));
        self.copy_code(code, used, Some(remark))
    }

    pub(super) fn copy_code(
        &mut self,
        code: crate::otp::Code,
        used: (crate::device::DeviceId, Option<u64>),
        remark: Option<String>,
    ) -> Vec<Effect> {
        self.clipboard.copying = Some(Copying { shown: Zeroizing::new(code.grouped()), used, remark });
        vec![Effect::Copy(Zeroizing::new(code.as_str().to_owned()))]
    }

    /// The counter goes up on disk first; the code is shown and copied when that is done.
    fn take_code(&mut self, id: crate::device::DeviceId) -> Vec<Effect> {
        if self.read_only {
            self.say(Tone::Warning, notices::COUNTER_READ_ONLY);
            return Vec::new();
        }
        let Some(open) = self.open_mut() else { return Vec::new() };
        if open.taking.contains(&id) {
            return Vec::new();
        }
        open.taking.push(id);
        self.change(Change::Advance(id))
    }
}
