//! What a device has to do with AWS: the profiles that use it, their sessions, and the forms for what AWS can be asked.

mod call;
mod form;
mod root;

pub use call::{AwsAnswer, AwsAsk, AwsCall, AwsProfile, AwsSession, AwsWho, OnDevice};
pub use form::{AwsField, AwsForm, AwsPurpose, AwsStep};
pub use root::{RootField, RootForm};

use super::form::Form as _;
use crate::device::{Device, DeviceId};
use crate::text::Text;

/// What is known of the profiles.
#[derive(Debug, PartialEq, Eq)]
pub enum AwsProfiles {
    /// Their files are being read: the number of the call.
    Reading(u64),
    /// Those that use the device; where it is about none, all.
    Read(Vec<AwsProfile>),
    /// The files can't be read: why.
    No(String),
}

/// What is open over the profiles.
#[derive(Debug)]
pub enum AwsOver {
    /// An enrolment, or a resync.
    Form(Box<AwsForm>),
    /// The root user's device.
    Root(Box<RootForm>),
}

/// What a device has to do with AWS.
#[derive(Debug)]
pub struct AwsDialog {
    /// The device; none where there was none to be selected.
    pub device: Option<DeviceId>,
    /// The profiles.
    pub profiles: AwsProfiles,
    cursor: usize,
    /// What is open over them.
    pub over: Option<AwsOver>,
}

impl AwsDialog {
    /// About a device, if about one, while the profiles' files are read under this number.
    pub fn new(device: Option<DeviceId>, number: u64) -> Self {
        Self { device, profiles: AwsProfiles::Reading(number), cursor: 0, over: None }
    }

    /// The profiles that are shown.
    pub fn shown(&self) -> &[AwsProfile] {
        match &self.profiles {
            AwsProfiles::Read(profiles) => profiles,
            _ => &[],
        }
    }

    /// Which of them is selected.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Moves by so many rows, to the ends at most.
    pub(super) fn go(&mut self, by: isize) {
        let last = self.shown().len().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(by).min(last);
    }

    /// Takes the profiles in: those that use the device.
    pub(super) fn take(&mut self, profiles: Vec<AwsProfile>, device: Option<&Device>) {
        let serial = device.map(|device| device.serial.as_ref().map(Text::raw));
        let uses = |profile: &AwsProfile| match serial {
            None => true,
            Some(serial) => serial.is_some() && profile.serial.as_deref() == serial,
        };
        self.profiles = AwsProfiles::Read(profiles.into_iter().filter(uses).collect());
        self.go(0);
        // A form that was opened meanwhile begins as it would have now, unless somebody has begun it otherwise.
        let first = self.profile().to_owned();
        if let Some(form) = self.form_mut() {
            form.suggest_profile(&first);
        }
    }

    /// The profile that a form begins with: the selected one.
    pub(super) fn profile(&self) -> &str {
        self.shown().get(self.cursor).map_or("", |profile| &profile.name)
    }

    /// The form, where it is open.
    pub fn form(&self) -> Option<&AwsForm> {
        match &self.over {
            Some(AwsOver::Form(form)) => Some(form),
            _ => None,
        }
    }

    /// The form, where it is open.
    pub(super) fn form_mut(&mut self) -> Option<&mut AwsForm> {
        match &mut self.over {
            Some(AwsOver::Form(form)) => Some(form),
            _ => None,
        }
    }

    /// Whether something of it is on its way to disk.
    pub(super) fn is_saving(&self) -> bool {
        match &self.over {
            Some(AwsOver::Form(form)) => form.is_saving(),
            Some(AwsOver::Root(form)) => form.saving,
            None => false,
        }
    }

    /// Whether somebody typed something that would be lost.
    pub(super) fn is_typed_in(&self) -> bool {
        match &self.over {
            Some(AwsOver::Form(form)) => form.is_typed_in(),
            Some(AwsOver::Root(form)) => form.is_typed_in(),
            None => false,
        }
    }

    /// The devices that it can't do without.
    pub(super) fn needs(&self) -> impl Iterator<Item = DeviceId> {
        let of_form = self.form().and_then(AwsForm::device);
        self.device.into_iter().chain(of_form)
    }
}
