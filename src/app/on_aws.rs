//! AWS: what the keys of its screen do, and what is asked then.

use super::aws::{
    AwsAsk, AwsCall, AwsDialog, AwsForm, AwsOver, AwsPurpose, AwsStep, AwsWho, OnDevice, RootForm,
};
use super::check::CheckForm;
use super::form::Form as _;
use super::keymap::Action;
use super::model::Model;
use super::notice::Tone;
use super::open::Dialog;
use super::{Effect, KeyPress};
use crate::device::{Device, DeviceId, Enrolled};
use crate::explain::notices;
use crate::otp::Code;
use crate::state::fresh_pair;
use crate::text::Text;
use crate::vault::Change;

impl Model {
    /// Opens what the selected device has to do with AWS; without one, all profiles.
    pub(super) fn open_aws(&mut self) -> Vec<Effect> {
        let device = self.open().and_then(|open| open.selected()).map(|device| device.id);
        let (number, effect) = self.ask_aws(AwsAsk::Profiles);
        let Some(open) = self.open_mut() else { return Vec::new() };
        open.dialog = Some(Dialog::Aws(Box::new(AwsDialog::new(device, number))));
        vec![effect]
    }

    /// A call under a number of its own.
    pub(super) fn ask_aws(&mut self, ask: AwsAsk) -> (u64, Effect) {
        self.calls += 1;
        let number = self.calls;
        (number, Effect::AskAws(Box::new(AwsCall { number, ask })))
    }

    pub(super) fn aws_mut(&mut self) -> Option<&mut AwsDialog> {
        match self.open_mut()?.dialog.as_mut()? {
            Dialog::Aws(dialog) => Some(dialog),
            _ => None,
        }
    }

    pub(super) fn aws_form_mut(&mut self) -> Option<&mut AwsForm> {
        self.aws_mut()?.form_mut()
    }

    /// The device of the form, or of the profiles.
    pub(super) fn aws_device(&self) -> Option<&Device> {
        let open = self.open()?;
        let Some(Dialog::Aws(dialog)) = &open.dialog else { return None };
        let id = dialog.form().and_then(AwsForm::device).or(dialog.device)?;
        open.vault.get(id)
    }

    /// A key where the profiles are shown.
    pub(super) fn on_aws_key(&mut self, press: KeyPress) -> Vec<Effect> {
        let action = self.action(self.contexts(), press);
        let page = isize::try_from(self.layout().inside_dialog().height).unwrap_or(1).max(4) / 2;
        let Some(dialog) = self.aws_mut() else { return Vec::new() };
        match action {
            Some(Action::Up) => dialog.go(-1),
            Some(Action::Down) => dialog.go(1),
            Some(Action::PageUp) => dialog.go(-page),
            Some(Action::PageDown) => dialog.go(page),
            Some(Action::First) => dialog.go(isize::MIN),
            Some(Action::Last) => dialog.go(isize::MAX),
            Some(Action::Cancel) => return self.close_dialog(),
            Some(Action::Enrol) => self.open_aws_form(AwsPurpose::Enrol),
            Some(Action::Root) => dialog.over = Some(AwsOver::Root(Box::default())),
            Some(Action::Resync) => self.open_resync(),
            Some(Action::GoOn) => self.go_on_enrolling(),
            Some(Action::Help) => self.toggle_help(),
            _ => {}
        }
        Vec::new()
    }

    /// A key while AWS is asked: it can only be left. What is on its way to disk is waited for.
    pub(super) fn on_asking_key(&mut self, press: KeyPress) -> Vec<Effect> {
        if self.action(self.contexts(), press) == Some(Action::Cancel)
            && let Some(form) = self.aws_form_mut()
        {
            form.stop(None);
        }
        Vec::new()
    }

    fn open_aws_form(&mut self, purpose: AwsPurpose) {
        let device = self.aws_device().filter(|_| purpose != AwsPurpose::Enrol).cloned();
        let Some(dialog) = self.aws_mut() else { return };
        let form = AwsForm::new(purpose, dialog.profile(), device.as_ref());
        dialog.over = Some(AwsOver::Form(Box::new(form)));
    }

    fn open_resync(&mut self) {
        let Some(device) = self.aws_device() else {
            return self.say(Tone::Plain, notices::AWS_NO_DEVICE);
        };
        let id = device.id;
        if device.serial.is_none() {
            self.say(Tone::Plain, notices::AWS_NO_SERIAL);
        } else if device.has_secret() && device.method.period().is_none() {
            self.say(Tone::Plain, notices::AWS_NO_COUNTER);
        } else {
            self.open_aws_form(AwsPurpose::Resync(id));
        }
    }

    /// Goes on with an enrolment that stopped: by calls, or in the console where that made the device.
    fn go_on_enrolling(&mut self) {
        let now = self.moment.now;
        let Some(device) = self.aws_device() else {
            return self.say(Tone::Plain, notices::AWS_NO_DEVICE);
        };
        let id = device.id;
        if device.waits_for_console() {
            let check = CheckForm::new(device, now);
            if let Some(open) = self.open_mut() {
                open.dialog = Some(Dialog::Check(Box::new(check)));
            }
        } else if Enrolled::of(device).is_some() {
            self.open_aws_form(AwsPurpose::GoOn(id));
        } else {
            self.say(Tone::Plain, notices::AWS_NOTHING_STOPPED);
        }
    }

    /// Esc: a form is left, and the profiles are there again.
    pub(super) fn leave_aws_form(&mut self) -> Vec<Effect> {
        match self.aws_mut() {
            Some(dialog) if dialog.over.is_some() => {
                dialog.over = None;
                Vec::new()
            }
            _ => self.close_dialog(),
        }
    }

    /// Enter: on to the next field, or off with what the form is for.
    pub(super) fn submit_aws(&mut self) -> Vec<Effect> {
        if let Some(Dialog::Aws(dialog)) = self.open().and_then(|open| open.dialog.as_ref())
            && matches!(dialog.over, Some(AwsOver::Root(_)))
        {
            return self.submit_root();
        }
        let Some(form) = self.aws_form_mut() else { return Vec::new() };
        if !form.at_last() && !matches!(form.purpose(), AwsPurpose::GoOn(_)) {
            form.step(true);
            return Vec::new();
        }
        form.stopped = None;
        match form.purpose() {
            AwsPurpose::Enrol => self.make_device(),
            AwsPurpose::GoOn(id) => self.go_on_with(id),
            AwsPurpose::Resync(_) if form.is_on_token() => self.resync_token(),
            AwsPurpose::Resync(_) => self.give_codes(),
        }
    }

    /// Has AWS make a device. Its secret is shown once: until the answer is there and saved, the vault is not left.
    fn make_device(&mut self) -> Vec<Effect> {
        let Some((who, name)) = self.aws_form_mut().map(|form| (form.who(), form.name())) else {
            return Vec::new();
        };
        let (number, effect) = self.ask_aws(AwsAsk::Make { who, name });
        self.run_aws(AwsStep::Making(number));
        if let Some(open) = self.open_mut() {
            open.saving += 1;
            open.making.push(number);
        }
        vec![effect]
    }

    /// Goes on where an enrolment stands.
    pub(super) fn go_on_with(&mut self, id: DeviceId) -> Vec<Effect> {
        let how_far = self.open().and_then(|open| open.vault.get(id)).and_then(Enrolled::of);
        match how_far {
            Some(Enrolled::Created) => self.give_codes(),
            Some(Enrolled::Enabled) => self.verify_device(),
            Some(Enrolled::Verified) | None => {
                self.say(Tone::Plain, notices::AWS_NOTHING_STOPPED);
                Vec::new()
            }
        }
    }

    pub(super) fn verify_device(&mut self) -> Vec<Effect> {
        let Some(on) = self.on_device() else { return Vec::new() };
        let (number, effect) = self.ask_aws(AwsAsk::Verify(on));
        self.run_aws(AwsStep::Verifying(number));
        vec![effect]
    }

    /// Gives AWS two codes in a row, of this step and the one before; where one of them was handed out, later.
    pub(super) fn give_codes(&mut self) -> Vec<Effect> {
        let now = self.moment.now;
        let Some(device) = self.aws_device() else { return Vec::new() };
        let id = device.id;
        let last = self.open().and_then(|open| open.spent.get(&id).copied());
        match fresh_pair(last, device.factor_at(now)) {
            Err(step) => {
                self.run_aws(AwsStep::Waiting(step));
                Vec::new()
            }
            Ok(step) => {
                let codes = [device.code(step.saturating_sub(1)), device.code(step)];
                let mut effects = self.on_used((id, Some(step)));
                effects.extend(self.send_codes(codes));
                effects
            }
        }
    }

    /// Once a second: codes that were waited for may be there.
    pub(super) fn go_on_waiting(&mut self) -> Vec<Effect> {
        let waits = self.aws_form_mut().is_some_and(|form| matches!(form.running, Some(AwsStep::Waiting(_))));
        if waits { self.give_codes() } else { Vec::new() }
    }

    fn resync_token(&mut self) -> Vec<Effect> {
        let Some(form) = self.aws_form_mut() else { return Vec::new() };
        match form.typed_codes() {
            Ok(codes) => self.send_codes(codes),
            Err((at, words)) => {
                form.set_focus(at);
                form.error = Some((at, words));
                Vec::new()
            }
        }
    }

    fn send_codes(&mut self, codes: [Code; 2]) -> Vec<Effect> {
        let Some(on) = self.on_device() else { return Vec::new() };
        let resyncs = self.aws_form_mut().is_some_and(|form| matches!(form.purpose(), AwsPurpose::Resync(_)));
        let ask = if resyncs { AwsAsk::Resync(on, codes) } else { AwsAsk::Enable(on, codes) };
        let (number, effect) = self.ask_aws(ask);
        self.run_aws(if resyncs { AwsStep::Resyncing(number) } else { AwsStep::Enabling(number) });
        vec![effect]
    }

    pub(super) fn run_aws(&mut self, step: AwsStep) {
        if let Some(form) = self.aws_form_mut() {
            form.stopped = None;
            form.running = Some(step);
        }
    }

    fn on_device(&mut self) -> Option<OnDevice> {
        let who: AwsWho = self.aws_form_mut()?.who();
        let device = self.aws_device()?;
        let serial = device.serial.as_ref().map(Text::raw)?.to_owned();
        Some(OnDevice { id: device.id, serial, who })
    }

    /// The root user's device is saved before its codes are shown.
    fn submit_root(&mut self) -> Vec<Effect> {
        let Some(open) = self.open_mut() else { return Vec::new() };
        let Some(Dialog::Aws(dialog)) = &mut open.dialog else { return Vec::new() };
        let Some(AwsOver::Root(form)) = &mut dialog.over else { return Vec::new() };
        if !form.at_last() {
            RootForm::step(form, true);
            return Vec::new();
        }
        match form.check(&open.vault) {
            Ok(candidate) => {
                form.saving = true;
                self.change(Change::Add(Box::new(candidate)))
            }
            Err((at, words)) => {
                form.set_focus(at);
                form.error = Some((at, words));
                Vec::new()
            }
        }
    }
}
