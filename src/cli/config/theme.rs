//! `[theme]`: how each role looks.

use super::entry::Entry;
use super::near::nearest;
use super::setting::Setting;
use crate::app::{Look, Looks, NoSuchLook, Role};
use crate::cli::failure::Failure;
use crate::explain::BadSetting;

const TAKES: &str = "a colour and attributes in quotes, or a colour's number";

/// Every role's look, and where each comes from.
pub(super) struct Theme(Vec<(Role, Setting<Look>)>);

impl Default for Theme {
    fn default() -> Self {
        let looks = Looks::default();
        Self(Role::ALL.map(|role| (role, Setting::usual(looks.look(role)))).into())
    }
}

impl Theme {
    /// Takes in the table.
    pub(super) fn read(&mut self, entries: &[Entry<'_>]) -> Result<(), Failure> {
        for entry in entries {
            let role = Role::named(entry.key);
            let role = role.ok_or_else(|| entry.no_such(Role::ALL.iter().map(|role| role.name())))?;
            let look = look(entry)?;
            for (_, setting) in self.0.iter_mut().filter(|(known, _)| *known == role) {
                *setting = Setting::from_line(look, entry.line);
            }
        }
        Ok(())
    }

    pub(super) fn looks(&self) -> Looks {
        let mut looks = Looks::default();
        self.0.iter().for_each(|(role, setting)| looks.set(*role, setting.value));
        looks
    }

    pub(super) fn settings(&self) -> &[(Role, Setting<Look>)] {
        &self.0
    }
}

fn look(entry: &Entry<'_>) -> Result<Look, Failure> {
    let number = entry.number().map(|number| number.to_string());
    let written = number.as_deref().or_else(|| entry.value.as_str()).ok_or_else(|| entry.takes(TAKES))?;
    written.parse().map_err(|NoSuchLook(word)| {
        if word.parse::<Look>().is_ok() {
            return entry.takes("no more than one colour");
        }
        let meant = nearest(&word, Look::words()).map(str::to_owned);
        entry.bad(BadSetting::NoLook { name: entry.name.clone(), word, meant })
    })
}
