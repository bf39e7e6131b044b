//! How texts look by what they are for, without a screen: the terminal's own colours unless config.toml says
//! otherwise.

use std::fmt;
use std::str::FromStr;

/// What a text is for. Its colour is the terminal's own; what matters is never said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What is neither of these.
    Text,
    /// Titles, and what was asked for.
    Strong,
    /// What is beside the point.
    Dim,
    /// Keys and signs.
    Accent,
    /// What went well.
    Good,
    /// What needs a look.
    Warning,
    /// What went wrong.
    Error,
    /// The selected row.
    Selection,
}

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// By its number: the terminal's own 16, then xterm's 240.
    Numbered(u8),
    /// Red, green and blue.
    Rgb(u8, u8, u8),
}

/// How a text looks; without a colour it has the terminal's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // independent attributes, as terminals have them
pub struct Look {
    /// Its colour.
    pub colour: Option<Colour>,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Underlined.
    pub underline: bool,
    /// The text in the colour of the ground, and the ground in that of the text.
    pub reverse: bool,
}

/// A word that says nothing about how a text looks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no colour and no attribute")]
pub struct NoSuchLook(pub String);

/// How each role looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks([Look; Role::ALL.len()]);

/// The terminal's own colours, by their numbers.
const COLOURS: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// What stands for no colour and no attribute.
const NOTHING: &str = "default";
const ATTRIBUTES: [&str; 4] = ["bold", "dim", "underline", "reverse"];

impl Role {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Strong,
        Self::Dim,
        Self::Accent,
        Self::Good,
        Self::Warning,
        Self::Error,
        Self::Selection,
    ];

    /// Its name in config.toml.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Strong => "strong",
            Self::Dim => "dim",
            Self::Accent => "accent",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Selection => "selection",
        }
    }

    /// The role of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The look where nothing is configured: one that can be read on a light ground and on a dark one.
    const fn usual(self) -> Look {
        let plain = Look { colour: None, bold: false, dim: false, underline: false, reverse: false };
        match self {
            Self::Text => plain,
            Self::Strong | Self::Selection => Look { bold: true, ..plain },
            Self::Dim => Look { dim: true, ..plain },
            Self::Accent => Look { colour: Some(Colour::Numbered(6)), ..plain },
            Self::Good => Look { colour: Some(Colour::Numbered(2)), ..plain },
            Self::Warning => Look { colour: Some(Colour::Numbered(3)), ..plain },
            Self::Error => Look { colour: Some(Colour::Numbered(1)), bold: true, ..plain },
        }
    }
}

impl Default for Looks {
    fn default() -> Self {
        Self(Role::ALL.map(Role::usual))
    }
}

impl Looks {
    /// How a role looks.
    pub fn look(&self, role: Role) -> Look {
        self.0.get(role as usize).copied().unwrap_or_default()
    }

    /// Changes how a role looks.
    pub fn set(&mut self, role: Role, look: Look) {
        if let Some(place) = self.0.get_mut(role as usize) {
            *place = look;
        }
    }
}

impl Look {
    /// The words that [`Look`] is read from, numbers and `#rrggbb` besides.
    pub fn words() -> impl Iterator<Item = &'static str> {
        COLOURS.into_iter().chain(ATTRIBUTES).chain([NOTHING])
    }

    /// Whether the word is about this look.
    fn take(&mut self, word: &str) -> bool {
        match word {
            "bold" => self.bold = true,
            "dim" => self.dim = true,
            "underline" => self.underline = true,
            "reverse" => self.reverse = true,
            NOTHING => {}
            // A second colour would have to mean the ground's: nobody has said so.
            _ if self.colour.is_some() => return false,
            _ => self.colour = word.parse().ok(),
        }
        ATTRIBUTES.contains(&word) || word == NOTHING || self.colour.is_some()
    }
}

impl FromStr for Look {
    type Err = NoSuchLook;

    /// Reads at most one colour and any attributes, with spaces between: `cyan bold`, `#ff8700`, `245 dim`.
    fn from_str(text: &str) -> Result<Self, NoSuchLook> {
        let mut look = Self::default();
        if text.trim().is_empty() {
            return Err(NoSuchLook(String::new()));
        }
        match text.split_whitespace().find(|word| !look.take(word)) {
            Some(word) => Err(NoSuchLook(word.to_owned())),
            None => Ok(look),
        }
    }
}

impl FromStr for Colour {
    type Err = NoSuchLook;

    fn from_str(word: &str) -> Result<Self, NoSuchLook> {
        let named = COLOURS.iter().zip(0..).find(|(name, _)| **name == word).map(|(_, number)| number);
        let numbered = || word.parse().ok().filter(|_| word.bytes().all(|byte| byte.is_ascii_digit()));
        let rgb = || {
            let digits = word.strip_prefix('#').filter(|digits| digits.len() == 6)?;
            let whole = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok().filter(|_| whole)?.to_be_bytes();
            Some(Self::Rgb(red, green, blue))
        };
        let colour = named.or_else(numbered).map(Self::Numbered).or_else(rgb);
        colour.ok_or_else(|| NoSuchLook(word.to_owned()))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rgb(red, green, blue) => write!(f, "#{red:02x}{green:02x}{blue:02x}"),
            Self::Numbered(number) => match COLOURS.get(usize::from(*number)) {
                Some(name) => f.write_str(name),
                None => write!(f, "{number}"),
            },
        }
    }
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let attributes = [self.bold, self.dim, self.underline, self.reverse];
        let attributes = ATTRIBUTES.iter().zip(attributes).filter(|(_, on)| *on).map(|(name, _)| *name);
        let words: Vec<String> =
            self.colour.iter().map(Colour::to_string).chain(attributes.map(str::to_owned)).collect();
        f.write_str(if words.is_empty() { NOTHING.to_owned() } else { words.join(" ") }.as_str())
    }
}
