//! A picture whose path stands in the form for a new device: off to be read, and back.

use super::Effect;
use super::add::AddField;
use super::form::Form;
use super::model::Model;
use super::open::Dialog;
use crate::explain::{Explanation, notices};
use std::path::Path;
use zeroize::Zeroizing;

/// What reading a picture came to: the texts of its QR codes.
pub type Codes = Result<Vec<Zeroizing<String>>, Explanation>;

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
        if form.is_reading() && form.path().as_deref() == Some(path) {
            match codes.map_err(|why| why.message).and_then(|codes| the_one(&codes)) {
                Ok(code) => form.take_code(&code),
                Err(why) => form.refuse_picture(why),
            }
        }
        Vec::new()
    }
}

/// The one code that says something about a device; where none does the only one there is, to be told why not.
fn the_one(codes: &[Zeroizing<String>]) -> Result<Zeroizing<String>, String> {
    let is_device = |code: &&Zeroizing<String>| {
        let starts = |with: &str| code.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
        starts("otpauth") || starts("steam:")
    };
    let mut devices = codes.iter().filter(is_device);
    match (devices.next(), devices.count()) {
        (Some(code), 0) => Ok(code.clone()),
        (Some(_), more) => Err(notices::several_codes(more + 1)),
        (None, _) => Err(notices::OTHER_CODE.to_owned()),
    }
}
