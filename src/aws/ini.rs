//! The grammar of `~/.aws/config` and `~/.aws/credentials`: sections, `name = value`, comments, and indented
//! lines that belong to the value above them.
//!
//! Source: "Configuration and credential file settings" of the AWS CLI, "shared config and credentials files" of the
//! AWS SDKs' reference.

use std::collections::BTreeMap;

/// The settings of one section; names are in lower case.
pub(super) type Settings = BTreeMap<String, Setting>;

/// One file: its sections by what stands between the brackets, white space made one space. A section that stands
/// there twice is one; of two settings the later counts.
pub(super) type Sections = BTreeMap<String, Settings>;

/// A setting's value, and the settings nested in it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Setting {
    pub(super) value: String,
    pub(super) nested: BTreeMap<String, String>,
}

/// Why a line can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// A section without `]`.
    #[error("the section is not closed")]
    Unclosed,
    /// A section without a name.
    #[error("the section has no name")]
    NoName,
    /// Neither a section, nor `name = value`, nor a comment.
    #[error("no `=`")]
    NoEquals,
    /// A setting before the first section.
    #[error("before the first section")]
    NoSection,
}

/// Reads a file. An error names its line, from 1.
pub(super) fn parse(text: &str) -> Result<Sections, (usize, LineError)> {
    let mut reader = Reader::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in (1..).zip(text.lines()) {
        reader.line(line).map_err(|error| (number, error))?;
    }
    Ok(reader.sections)
}

#[derive(Default)]
struct Reader {
    sections: Sections,
    section: Option<String>,
    setting: Option<String>,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), LineError> {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with(['#', ';']) {
            return Ok(());
        }
        if line.starts_with([' ', '\t']) && self.setting.is_some() {
            self.indented(without_comment(bare));
            return Ok(());
        }
        match bare.strip_prefix('[') {
            Some(rest) => self.open(rest),
            None => self.set(without_comment(bare)),
        }
    }

    fn open(&mut self, rest: &str) -> Result<(), LineError> {
        let (name, _) = rest.split_once(']').ok_or(LineError::Unclosed)?;
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(LineError::NoName);
        }
        self.sections.entry(name.clone()).or_default();
        self.section = Some(name);
        self.setting = None;
        Ok(())
    }

    fn set(&mut self, line: &str) -> Result<(), LineError> {
        let section = self.section.as_ref().ok_or(LineError::NoSection)?;
        let (name, value) = line.split_once('=').ok_or(LineError::NoEquals)?;
        let name = name.trim().to_ascii_lowercase();
        let setting = Setting { value: value.trim().to_owned(), nested: BTreeMap::new() };
        self.sections.entry(section.clone()).or_default().insert(name.clone(), setting);
        self.setting = Some(name);
        Ok(())
    }

    /// What is indented is nested where the setting has no value of its own, and else goes on with its value.
    fn indented(&mut self, line: &str) {
        let (Some(section), Some(name)) = (&self.section, &self.setting) else { return };
        let Some(setting) = self.sections.get_mut(section).and_then(|settings| settings.get_mut(name)) else {
            return;
        };
        match line.split_once('=') {
            Some((name, value)) if setting.value.is_empty() => {
                setting.nested.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
            }
            _ => {
                setting.value.push('\n');
                setting.value.push_str(line);
            }
        }
    }
}

/// A comment after a value stands behind white space.
fn without_comment(line: &str) -> &str {
    let is_comment =
        |(at, _): &(usize, char)| line.get(..*at).is_some_and(|left| left.ends_with([' ', '\t']));
    let end = line.char_indices().filter(|(_, c)| matches!(c, '#' | ';')).find(is_comment);
    end.and_then(|(at, _)| line.get(..at)).unwrap_or(line).trim_end()
}
