//! Which clock a device's codes go by: ours, unless somebody said yes to another.

use super::Effect;
use super::check;
use super::keymap::Action;
use super::model::Model;
use super::notice::Tone;
use super::open::Dialog;
use super::question::{Question, Then};
use crate::device::DeviceId;
use crate::device::enrolment::Answer;
use crate::explain::notices;
use crate::otp::Drift;
use crate::vault::{Change, Edit};

impl Model {
    /// Asks, where good codes prove another clock than the one that the device's codes go by
    /// (RFC 6238 section 6).
    pub(super) fn ask_which_clock(&mut self, id: DeviceId, answer: &Answer) {
        let Some(device) = self.open().and_then(|open| open.vault.get(id)) else { return };
        let Some((drift, period)) = check::proven(answer).zip(device.method.period()) else { return };
        if drift == device.drift {
            return;
        }
        let asks = if drift.is_none() {
            notices::ASK_FOR_OUR_CLOCK.to_owned()
        } else {
            notices::ask_for_its_clock(drift.seconds(period))
        };
        let hint = notices::clock_hint(self.key_name(Action::Undo).as_deref()).into();
        self.question = Some(Question { asks, hint, then: Then::GoBy(id, drift) });
    }

    pub(super) fn go_by(&mut self, id: DeviceId, drift: Drift) -> Vec<Effect> {
        let edit = Edit { drift: Some(drift), ..Edit::default() };
        self.change(Change::Edit { id, edit: Box::new(edit) })
    }

    /// Has the checked device's codes go by our clock again.
    pub(super) fn go_by_ours(&mut self) -> Vec<Effect> {
        let Some(open) = self.open() else { return Vec::new() };
        let Some(Dialog::Check(form)) = &open.dialog else { return Vec::new() };
        let id = form.id;
        if open.vault.get(id).is_none_or(|device| device.drift.is_none()) {
            self.say(Tone::Plain, notices::BY_OUR_CLOCK);
            return Vec::new();
        }
        self.go_by(id, Drift::NONE)
    }

    /// The pair of a check is that of another clock now.
    pub(super) fn pin_again(&mut self, id: Option<DeviceId>) {
        let now = self.moment.now;
        let Some(open) = self.open_mut() else { return };
        if let Some(Dialog::Check(form)) = &mut open.dialog
            && Some(form.id) == id
            && let Some(device) = open.vault.get(form.id)
        {
            form.pin(device, now);
        }
    }
}
