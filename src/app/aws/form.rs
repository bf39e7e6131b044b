//! The forms for an enrolment and for a resync.

use super::call::AwsWho;
use crate::app::field::TextField;
use crate::app::form::Form;
use crate::device::{Device, DeviceId, Enrolled, enrolled_for};
use crate::explain::{Explanation, notices};
use crate::otp::{Code, Method};
use crate::text::MAX_LINE;

/// The most that a code takes as it is typed.
const MAX_CODE: usize = 32;

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwsPurpose {
    /// A new device.
    Enrol,
    /// Going on with an enrolment that stopped.
    GoOn(DeviceId),
    /// A device's clock.
    Resync(DeviceId),
}

/// The fields, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AwsField {
    /// Whose keys sign.
    Profile,
    /// For which user.
    User,
    /// The new device's name.
    Name,
    /// The first code that is read off a token.
    First,
    /// The second one.
    Second,
}

/// What is being done, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwsStep {
    /// AWS makes the device: the number of the call.
    Making(u64),
    /// It is on its way to disk.
    Keeping,
    /// Two codes in a row that were not handed out are waited for: this step's and the one before.
    Waiting(u64),
    /// AWS is asked to take them: the number of the call.
    Enabling(u64),
    /// That it did is on its way to disk.
    Marking(Enrolled),
    /// AWS is asked whether it lists the device: the number of the call.
    Verifying(u64),
    /// AWS is asked to find out the device's clock: the number of the call.
    Resyncing(u64),
}

/// A form for an enrolment or a resync.
#[derive(Debug)]
pub struct AwsForm {
    purpose: AwsPurpose,
    /// Whether the codes are on a token.
    on_token: bool,
    profile: TextField,
    user: TextField,
    name: TextField,
    first: TextField,
    second: TextField,
    focus: AwsField,
    /// What is wrong with a field.
    pub error: Option<(AwsField, String)>,
    /// Why it stopped.
    pub stopped: Option<Explanation>,
    /// What is being done.
    pub running: Option<AwsStep>,
}

impl AwsForm {
    /// A form, with a profile that may be the right one, for this device where it is about one.
    pub fn new(purpose: AwsPurpose, profile: &str, device: Option<&Device>) -> Self {
        let known = device.and_then(|device| enrolled_for(device.note.raw())).unwrap_or_default();
        let user = if purpose == AwsPurpose::Enrol { "" } else { known };
        Self {
            purpose,
            on_token: device.is_some_and(|device| !device.has_secret()),
            profile: TextField::filled(MAX_LINE, profile),
            user: TextField::filled(MAX_LINE, user),
            name: TextField::new(MAX_LINE),
            first: TextField::new(MAX_CODE),
            second: TextField::new(MAX_CODE),
            focus: AwsField::Profile,
            error: None,
            stopped: None,
            running: None,
        }
    }

    /// Fills in a profile, where none was typed and none is at work.
    pub(super) fn suggest_profile(&mut self, profile: &str) {
        if self.profile.is_empty() && self.running.is_none() {
            self.profile = TextField::filled(MAX_LINE, profile);
        }
    }

    /// What it is for.
    pub fn purpose(&self) -> AwsPurpose {
        self.purpose
    }

    /// The device it is about, if there is one yet.
    pub fn device(&self) -> Option<DeviceId> {
        match self.purpose {
            AwsPurpose::Enrol => None,
            AwsPurpose::GoOn(id) | AwsPurpose::Resync(id) => Some(id),
        }
    }

    /// Whose keys sign, and for which user.
    pub fn who(&self) -> AwsWho {
        let typed = |field: &TextField| Some(field.trimmed().to_owned()).filter(|text| !text.is_empty());
        AwsWho { profile: typed(&self.profile), user: typed(&self.user) }
    }

    /// The new device's name, if one was typed.
    pub fn name(&self) -> Option<String> {
        Some(self.name.trimmed().to_owned()).filter(|name| !name.is_empty())
    }

    /// Whether its codes are read off a token.
    pub fn is_on_token(&self) -> bool {
        self.on_token
    }

    /// The codes that were read off a token, or what is wrong with them first.
    pub fn typed_codes(&self) -> Result<[Code; 2], (AwsField, String)> {
        let code = |id: AwsField| {
            Code::parse(self.field(id).text(), &Method::Hardware).map_err(|error| (id, notices::code(error)))
        };
        let (first, second) = (code(AwsField::First)?, code(AwsField::Second)?);
        if first.as_str() == second.as_str() {
            return Err((AwsField::Second, notices::AWS_SAME_CODE.to_owned()));
        }
        Ok([first, second])
    }

    /// Whether what it does is on its way to disk.
    pub fn is_saving(&self) -> bool {
        matches!(self.running, Some(AwsStep::Keeping | AwsStep::Marking(_)))
    }

    /// Goes on from here with a device that is kept.
    pub(in crate::app) fn is_kept(&mut self, device: &Device, user: Option<&str>) {
        self.purpose = AwsPurpose::GoOn(device.id);
        if let Some(user) = user {
            self.user.fill(user);
        }
        if self.focus == AwsField::Name {
            self.focus = AwsField::Profile;
        }
    }

    /// Stops, and says why.
    pub(in crate::app) fn stop(&mut self, why: Option<Explanation>) {
        self.running = None;
        self.stopped = why;
    }
}

impl Form for AwsForm {
    type Id = AwsField;

    fn shown(&self) -> Vec<AwsField> {
        let mut shown = vec![AwsField::Profile, AwsField::User];
        match self.purpose {
            AwsPurpose::Enrol => shown.push(AwsField::Name),
            AwsPurpose::Resync(_) if self.on_token => shown.extend([AwsField::First, AwsField::Second]),
            AwsPurpose::GoOn(_) | AwsPurpose::Resync(_) => {}
        }
        shown
    }

    fn focus(&self) -> AwsField {
        self.focus
    }

    fn set_focus(&mut self, id: AwsField) {
        self.focus = id;
    }

    fn label(&self, id: AwsField) -> &'static str {
        match id {
            AwsField::Profile => "profile",
            AwsField::User => "user",
            AwsField::Name => "name",
            AwsField::First => "first code",
            AwsField::Second => "second code",
        }
    }

    fn field(&self, id: AwsField) -> &TextField {
        match id {
            AwsField::Profile => &self.profile,
            AwsField::User => &self.user,
            AwsField::Name => &self.name,
            AwsField::First => &self.first,
            AwsField::Second => &self.second,
        }
    }

    fn field_mut(&mut self, id: AwsField) -> &mut TextField {
        match id {
            AwsField::Profile => &mut self.profile,
            AwsField::User => &mut self.user,
            AwsField::Name => &mut self.name,
            AwsField::First => &mut self.first,
            AwsField::Second => &mut self.second,
        }
    }

    fn on_edited(&mut self, _id: AwsField) {
        self.error = None;
        self.stopped = None;
    }
}
