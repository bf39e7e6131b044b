//! How people name a device.

use super::{AwsLabel, Device, DeviceId, MfaArn};
use crate::text::Text;

/// The fewest hexadecimal digits that are taken for the beginning of an id.
const MIN_ID_PREFIX: usize = 6;

/// Why a query does not pick one device.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// No device fits.
    #[error("no device fits")]
    NoMatch,
    /// Several do: their ids and labels (safe to show), in the vault's order.
    #[error("{} devices fit", candidates.len())]
    Ambiguous {
        /// Id and label of each.
        candidates: Vec<(DeviceId, String)>,
    },
}

/// Picks exactly one device: by id, id prefix (6 or more), serial, `issuer:account`, or any text that
/// only one device's issuer, account, tag, serial or AWS account id holds, case ignored.
/// An exact answer (id, serial, issuer:account, whole issuer or account) goes before a part of a text;
/// among exact answers the one with the same case goes first. An empty query picks nothing.
pub fn pick<'a>(
    devices: impl Iterator<Item = &'a Device> + Clone,
    query: &str,
) -> Result<&'a Device, QueryError> {
    pick_by(&Rank::ALL, devices, query.trim())
}

/// The device of a serial number: one that has it, or one without any whose label says the same as the ARN.
pub fn pick_by_serial<'a>(
    devices: impl Iterator<Item = &'a Device> + Clone,
    serial: &str,
) -> Result<&'a Device, QueryError> {
    pick_by(&[Rank::SameSerial, Rank::Serial], devices, serial)
}

#[allow(clippy::needless_pass_by_value)] // iterators are passed by value; this one is walked once a rank
fn pick_by<'a>(
    ranks: &[Rank],
    devices: impl Iterator<Item = &'a Device> + Clone,
    query: &str,
) -> Result<&'a Device, QueryError> {
    let query = Query::new(query);
    for &rank in ranks {
        let mut fitting = devices.clone().filter(|device| query.fits(device, rank));
        if let Some(first) = fitting.next() {
            return match fitting.next() {
                None => Ok(first),
                Some(second) => Err(ambiguous([first, second].into_iter().chain(fitting))),
            };
        }
    }
    Err(QueryError::NoMatch)
}

/// Whether a device is in the list that this text narrows: every word of it stands somewhere in
/// issuer, account, tags, serial or note, case ignored. For many devices, prepare a [`Filter`].
pub fn matches(device: &Device, filter: &str) -> bool {
    Filter::new(filter).matches(device)
}

/// A text that narrows a list, prepared once for many devices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    words: Vec<Needle>,
}

impl Filter {
    /// Takes what was typed; nothing typed lets every device pass.
    pub fn new(text: &str) -> Self {
        Self { words: text.split_whitespace().map(Needle::new).collect() }
    }

    /// Whether every word stands somewhere in issuer, account, tags, serial or note, case ignored.
    pub fn matches(&self, device: &Device) -> bool {
        self.words.iter().all(|word| word.is_in_names(device) || word.is_in(device.note.raw()))
    }
}

/// The ways in which a query can fit a device, the best first.
#[derive(Clone, Copy)]
enum Rank {
    Id,
    SameSerial,
    SameLabel,
    SameName,
    Serial,
    Label,
    Name,
    IdPrefix,
    Part,
    Words,
}

impl Rank {
    const ALL: [Self; 10] = [
        Self::Id,
        Self::SameSerial,
        Self::SameLabel,
        Self::SameName,
        Self::Serial,
        Self::Label,
        Self::Name,
        Self::IdPrefix,
        Self::Part,
        Self::Words,
    ];
}

struct Query<'a> {
    text: &'a str,
    /// In lower case and without hyphens, when it could be an id or the beginning of one.
    id: Option<String>,
    arn: Option<MfaArn>,
    whole: Needle,
    words: Filter,
}

impl<'a> Query<'a> {
    fn new(text: &'a str) -> Self {
        let id: String = text.chars().filter(|c| *c != '-').map(|c| c.to_ascii_lowercase()).collect();
        let is_id = id.len() >= MIN_ID_PREFIX && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        Self {
            text,
            id: is_id.then_some(id),
            arn: MfaArn::parse(text),
            whole: Needle::new(text),
            words: Filter::new(text),
        }
    }

    fn fits(&self, device: &Device, rank: Rank) -> bool {
        if self.text.is_empty() {
            return false;
        }
        let (issuer, account) = (device.issuer.raw(), device.account.raw());
        let serial = device.serial.as_ref().map(Text::raw);
        match rank {
            Rank::Id => self.id.as_deref().is_some_and(|id| id.len() == 32 && starts_id(device, id)),
            Rank::SameSerial => serial == Some(self.text),
            Rank::SameLabel => is_label(self.text, issuer, account, |a, b| a == b),
            Rank::SameName => issuer == self.text || account == self.text,
            Rank::Serial => {
                serial.is_some_and(|serial| same_folded(self.text, serial)) || self.is_arn_of(device)
            }
            Rank::Label => is_label(self.text, issuer, account, same_folded),
            Rank::Name => same_folded(self.text, issuer) || same_folded(self.text, account),
            Rank::IdPrefix => self.id.as_deref().is_some_and(|id| starts_id(device, id)),
            Rank::Part => self.whole.is_in_names(device) || self.whole.is_in_label(issuer, account),
            Rank::Words => self.words.words.iter().all(|word| word.is_in_names(device)),
        }
    }

    /// An ARN names a device without a serial too, when its label says the same.
    fn is_arn_of(&self, device: &Device) -> bool {
        let Some(arn) = &self.arn else { return false };
        device.serial.is_none()
            && AwsLabel::parse(device.issuer.raw(), device.account.raw())
                .is_some_and(|label| arn.is_named_by(&label))
    }
}

fn starts_id(device: &Device, prefix: &str) -> bool {
    device.id.0.simple().encode_lower(&mut [0; 32]).starts_with(prefix)
}

/// Whether a text is `issuer:account`. Each colon is tried, since an issuer may have one itself.
fn is_label(text: &str, issuer: &str, account: &str, same: impl Fn(&str, &str) -> bool) -> bool {
    text.match_indices(':').any(|(colon, _)| {
        let (left, right) = text.split_at(colon);
        same(left.trim_end(), issuer) && same(right.trim_start_matches(':').trim_start(), account)
    })
}

fn ambiguous<'a>(devices: impl Iterator<Item = &'a Device>) -> QueryError {
    QueryError::Ambiguous { candidates: devices.map(|device| (device.id, device.label())).collect() }
}

fn same_folded(one: &str, other: &str) -> bool {
    folded(one).eq(folded(other))
}

/// In lower case, character by character. Greek has two small sigmas of one capital: they count as one.
fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c })
}

/// A text to look for, case ignored. Case is folded character by character, in both texts alike,
/// so that nothing has to be copied for each device.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Needle {
    folded: String,
}

impl Needle {
    fn new(text: &str) -> Self {
        Self { folded: folded(text).collect() }
    }

    fn is_in(&self, text: &str) -> bool {
        if text.is_ascii() { self.is_in_ascii(text.as_bytes()) } else { self.is_in_unicode(text) }
    }

    fn is_in_ascii(&self, text: &[u8]) -> bool {
        let needle = self.folded.as_bytes();
        needle.is_empty() || text.windows(needle.len()).any(|part| part.eq_ignore_ascii_case(needle))
    }

    fn is_in_unicode(&self, text: &str) -> bool {
        let starts_at = |index: usize| {
            let mut rest = folded(text.get(index..).unwrap_or_default());
            self.folded.chars().all(|wanted| rest.next() == Some(wanted))
        };
        self.folded.is_empty() || text.char_indices().any(|(index, _)| starts_at(index))
    }

    /// Whether it is a part of issuer, account, serial (which holds an AWS account id) or a tag.
    fn is_in_names(&self, device: &Device) -> bool {
        self.is_in(device.issuer.raw())
            || self.is_in(device.account.raw())
            || device.serial.as_ref().is_some_and(|serial| self.is_in(serial.raw()))
            || device.tags.iter().any(|tag| self.is_in(tag.raw()))
    }

    /// Whether it is a part of `issuer:account` that goes over the colon.
    fn is_in_label(&self, issuer: &str, account: &str) -> bool {
        self.folded.contains(':') && self.is_in(&format!("{issuer}:{account}"))
    }
}
