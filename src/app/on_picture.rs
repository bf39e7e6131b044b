//! A picture whose path stands in the form for a new device, or the one on the clipboard: off to be read, and back.

use super::Effect;
use super::add::{AddField, AddForm};
use super::form::Form;
use super::message::Codes;
use super::model::Model;
use super::notice::Tone;
use super::open::Dialog;
use crate::device::otpauth;
use crate::exchange::is_migration_uri;
use crate::explain::notices;
use crate::foreign;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

impl Model {
    /// Has the picture read whose path is in the universal field, if one is.
    pub(super) fn read_picture(&mut self) -> Option<Vec<Effect>> {
        let Some(Dialog::Add(form)) = self.open_mut().and_then(|open| open.dialog.as_mut()) else {
            return None;
        };
        if form.focus() != AddField::Universal {
            return None;
        }
        if form.is_reading() {
            return Some(Vec::new());
        }
        form.start_reading().map(|path| vec![Effect::ReadPicture(path)])
    }

    /// What was read. A form that was closed, or has another path in it by now, does not want it any more.
    pub(super) fn on_picture_read(&mut self, path: &Path, codes: Codes) -> Vec<Effect> {
        let Some(Dialog::Add(form)) = self.open_mut().and_then(|open| open.dialog.as_mut()) else {
            return Vec::new();
        };
        if !form.is_reading() || form.path().as_deref() != Some(path) {
            return Vec::new();
        }
        match codes.map_err(|why| why.message).and_then(of_devices) {
            Ok(codes) => match codes.as_slice() {
                [code] if !is_migration_uri(code) => form.take_code(code),
                _ => self.import_or_say(foreign::of_codes(path.to_owned(), &codes)),
            },
            Err(why) => form.refuse_picture(why),
        }
        Vec::new()
    }
}

impl Model {
    /// Has the picture on the clipboard read.
    pub(super) fn read_clipboard(&mut self) -> Vec<Effect> {
        self.say(Tone::Plain, notices::READING_CLIPBOARD);
        if std::mem::replace(&mut self.pasting, true) { Vec::new() } else { vec![Effect::ReadClipboard] }
    }

    /// What was on it. Who does something else by now is not disturbed.
    pub(super) fn on_clipboard_read(&mut self, codes: Codes) -> Vec<Effect> {
        let asked = std::mem::take(&mut self.pasting);
        let at_rest = self.question.is_none() && self.open().is_some_and(|open| open.dialog.is_none());
        if !asked || !at_rest {
            return Vec::new();
        }
        self.notice = None;
        match codes.map_err(|why| why.message).and_then(of_devices) {
            Ok(codes) => match codes.as_slice() {
                [code] if !is_migration_uri(code) => {
                    if let Some(open) = self.open_mut() {
                        open.dialog = Some(Dialog::Add(Box::new(AddForm::pasted(code))));
                    }
                }
                _ => self.import_or_say(foreign::of_codes(PathBuf::new(), &codes)),
            },
            Err(why) => self.say(Tone::Warning, why),
        }
        Vec::new()
    }
}

/// The codes that say something about a device.
fn of_devices(mut codes: Vec<Zeroizing<String>>) -> Result<Vec<Zeroizing<String>>, String> {
    codes.retain(|code| otpauth::is_uri(code));
    if codes.is_empty() { Err(notices::OTHER_CODE.to_owned()) } else { Ok(codes) }
}
