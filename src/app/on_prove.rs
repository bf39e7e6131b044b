//! Showing what is guarded: only after it was proved again who is there, and only for a while.

use super::keymap::{Action, Context};
use super::model::Model;
use super::notice::Tone;
use super::open::Dialog;
use super::pages::PagesShown;
use super::prove::{Asked, Guarded, ProveForm, QrShown, SecretShown};
use super::question::{Question, Then};
use super::{Effect, KeyPress, NotProved, Proof};
use crate::device::DeviceId;
use crate::explain::notices;
use std::time::Duration;

/// How long a secret is shown.
pub const SECRET_FOR: Duration = Duration::from_secs(30);
/// How long a QR code is shown: somebody has to get a phone out.
pub const QR_FOR: Duration = Duration::from_secs(60);

impl Model {
    /// Asks for the passphrase again. What opens the vault is found out meanwhile: where that is identity
    /// files without a passphrase, a question takes the form's place.
    pub(super) fn ask_for_proof(&mut self, then: Guarded) -> Vec<Effect> {
        if self.read_only {
            self.say(Tone::Warning, notices::SECRET_READ_ONLY);
            return Vec::new();
        }
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.dialog = Some(Dialog::Prove(Box::new(ProveForm::new(then))));
        vec![Effect::Prove { then, passphrase: None }]
    }

    /// The same for what is guarded of the selected device.
    pub(super) fn ask_for_selected(&mut self, what: impl FnOnce(DeviceId) -> Guarded) -> Vec<Effect> {
        if let Some(id) = self.open().and_then(|open| open.selected()).map(|device| device.id) {
            return self.ask_for_proof(what(id));
        }
        self.say(Tone::Plain, notices::NO_DEVICE);
        Vec::new()
    }

    /// The QR code of the selected device, or those of all devices under the selected heading.
    pub(super) fn ask_for_qr(&mut self) -> Vec<Effect> {
        match self.open().and_then(|open| open.list.heading()).map(|group| group.id) {
            Some(heading) => self.ask_for_proof(Guarded::Pages(heading)),
            None => self.ask_for_selected(Guarded::Qr),
        }
    }

    pub(super) fn on_prove_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let action = self.keys.action(&[Context::Prove], press, self.facts());
        let Some(Dialog::Prove(form)) = self.open_mut().and_then(|open| open.dialog.as_mut()) else {
            return Vec::new();
        };
        match action {
            Some(Action::Cancel) => return self.close_dialog(),
            _ if form.running.is_some() => {}
            Some(Action::Submit) => {
                let then = form.then;
                let passphrase = form.submit();
                return passphrase
                    .map(|passphrase| Effect::Prove { then, passphrase: Some(passphrase) })
                    .into_iter()
                    .collect();
            }
            _ => {
                let typed = form.type_key(press);
                self.tell_full(typed);
            }
        }
        Vec::new()
    }

    /// The answer to an [`Effect::Prove`]; one that nobody waits for any more is nothing.
    pub(super) fn on_proved(&mut self, then: Guarded, result: Result<Proof, NotProved>) -> Vec<Effect> {
        let Some(Dialog::Prove(form)) = self.open_mut().and_then(|open| open.dialog.as_mut()) else {
            return Vec::new();
        };
        if form.then != then {
            return Vec::new();
        }
        let is_first = std::mem::take(&mut form.finding_out);
        match result {
            Ok(Proof::Typed) if form.running.is_some() => self.show_guarded(then),
            Ok(Proof::Typed) => {}
            Ok(Proof::Unasked) => return self.ask_to_show(then),
            Err(NotProved::Ask(asked)) if is_first || form.running.is_none() => form.asked = asked,
            Err(NotProved::Ask(asked)) => {
                form.asked = asked;
                form.refuse(notices::NO_PASSPHRASE.to_owned());
            }
            Err(NotProved::DoesNotOpen) => {
                let words = match form.asked {
                    Asked::Vault => notices::DOES_NOT_OPEN,
                    Asked::Identity(_) => notices::IDENTITY_STAYS_SHUT,
                };
                form.refuse(words.to_owned());
            }
            Err(NotProved::Failed(why)) => form.refuse(why.message),
        }
        Vec::new()
    }

    /// Nothing could be asked for: a yes has to do.
    fn ask_to_show(&mut self, then: Guarded) -> Vec<Effect> {
        let label = self.open().map(|open| open.label_of(then)).unwrap_or_default();
        let effects = self.close_dialog();
        self.question = Some(Question {
            asks: match then {
                Guarded::Secret(_) => notices::show_secret(&label),
                Guarded::Qr(_) => notices::show_qr(&label),
                Guarded::Pages(_) => notices::show_pages(&label),
            },
            hint: match then {
                Guarded::Pages(_) => notices::PAGES_HINT.into(),
                Guarded::Secret(_) | Guarded::Qr(_) => notices::SECRET_HINT.into(),
            },
            then: Then::Show(then),
        });
        effects
    }

    /// Shows it: it was proved who is there.
    pub(super) fn show_guarded(&mut self, what: Guarded) {
        let (now, room) = (self.moment.uptime, self.code_room());
        let Some(open) = self.open_mut() else { return };
        let vault = &open.vault;
        open.dialog = match what {
            Guarded::Secret(id) => {
                vault.get(id).map(|_| Dialog::Secret(SecretShown { id, top: 0, until: now + SECRET_FOR }))
            }
            Guarded::Qr(id) => {
                vault.get(id).map(|device| Dialog::Qr(Box::new(QrShown::new(device, now + QR_FOR))))
            }
            Guarded::Pages(id) => open.list.group_of(id).map(|group| {
                let devices = group.places.iter().filter_map(|place| vault.device_at(*place));
                Dialog::Pages(Box::new(PagesShown::new(devices, open.label_of(what), room, now + QR_FOR)))
            }),
        };
    }

    /// Whether something guarded is on the screen: once it is not, what was drawn is to be wiped.
    pub(super) fn shows_guarded(&self) -> bool {
        self.open().is_some_and(|open| {
            matches!(open.dialog, Some(Dialog::Secret(_) | Dialog::Qr(_) | Dialog::Pages(_)))
        })
    }

    /// Whether a QR code takes the whole screen.
    pub fn shows_qr(&self) -> bool {
        self.open().is_some_and(|open| matches!(open.dialog, Some(Dialog::Qr(_) | Dialog::Pages(_))))
    }

    /// Takes the secret off the screen when its time is over.
    pub(super) fn hide_guarded(&mut self) -> Vec<Effect> {
        let now = self.moment.uptime;
        match self.open().and_then(|open| open.dialog.as_ref()) {
            Some(Dialog::Secret(SecretShown { until, .. })) if *until <= now => self.close_dialog(),
            Some(Dialog::Qr(shown)) if shown.until <= now => self.close_dialog(),
            Some(Dialog::Pages(shown)) if shown.until <= now => self.close_dialog(),
            _ => Vec::new(),
        }
    }
}
