//! Paths that are typed: which folder has to be read, and what is in it.

use super::Effect;
use super::model::Model;
use super::open::Dialog;
use super::path_field::{Folder, PathField};

impl Model {
    /// The path that is being typed, if one is.
    pub(super) fn path_field(&self) -> Option<&PathField> {
        match &self.open()?.dialog {
            Some(Dialog::Export(form)) => form.path(),
            Some(Dialog::Import(form)) => form.path(),
            _ => None,
        }
    }

    /// The same, and it takes in an answer too while another field is typed in.
    fn path_field_mut(&mut self) -> Option<&mut PathField> {
        match &mut self.open_mut()?.dialog {
            Some(Dialog::Export(form)) => Some(form.path_mut()),
            Some(Dialog::Import(form)) => Some(form.path_mut()),
            _ => None,
        }
    }

    /// Has the folder read that the path being typed is in, once for each.
    pub(super) fn read_folder(&mut self) -> Option<Effect> {
        if self.read_only || self.path_field().is_none() {
            return None;
        }
        self.path_field_mut()?.wants().map(Effect::ReadFolder)
    }

    pub(super) fn on_folder(&mut self, folder: Folder) -> Vec<Effect> {
        if let Some(path) = self.path_field_mut() {
            path.take_in(folder);
        }
        Vec::new()
    }
}
