//! What actions are called where their keys are changed.

use super::Action;

/// The actions whose keys can be changed, by the names they have in config.toml. What is not here (what keys
/// mean in forms and where something is asked) stays as it is.
const NAMES: &[(Action, &str)] = &[
    (Action::Up, "up"),
    (Action::Down, "down"),
    (Action::PageUp, "page-up"),
    (Action::PageDown, "page-down"),
    (Action::First, "first"),
    (Action::Last, "last"),
    (Action::Copy, "copy"),
    (Action::CopyNext, "copy-next"),
    (Action::HideCodes, "hide-codes"),
    (Action::Find, "find"),
    (Action::Add, "add"),
    (Action::Edit, "edit"),
    (Action::Delete, "delete"),
    (Action::Undo, "undo"),
    (Action::Redo, "redo"),
    (Action::StepBack, "step-back"),
    (Action::Check, "check"),
    (Action::Export, "export"),
    (Action::Import, "import"),
    (Action::PastePicture, "paste-picture"),
    (Action::Aws, "aws"),
    (Action::Sort, "sort"),
    (Action::Group, "group"),
    (Action::Favourite, "favourite"),
    (Action::ShowSecret, "show-secret"),
    (Action::ShowQr, "show-qr"),
    (Action::OpenDetail, "open-detail"),
    (Action::CloseDetail, "close-detail"),
    (Action::Retry, "retry"),
    (Action::Lock, "lock"),
    (Action::Palette, "palette"),
    (Action::Help, "help"),
    (Action::Redraw, "redraw"),
    (Action::Suspend, "suspend"),
    (Action::Quit, "quit"),
];

impl Action {
    /// Its name, if its keys can be changed.
    pub fn name(self) -> Option<&'static str> {
        NAMES.iter().find(|(action, _)| *action == self).map(|(_, name)| *name)
    }

    /// The action of this name.
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, known)| *known == name).map(|(action, _)| *action)
    }

    /// All names, in the order of the help.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(_, name)| *name)
    }
}
