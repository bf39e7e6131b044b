//! How the list is put in order.

use crate::state::{Grouping, Sort};

/// Another order.
pub fn sorted(sort: Sort) -> &'static str {
    match sort {
        Sort::Issuer => "sorted by issuer",
        Sort::Account => "sorted by account",
        Sort::Used => "sorted by use, the last used first",
        Sort::Newest => "sorted by age, the newest first",
    }
}

/// Other headings.
pub fn grouped(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::None => "no headings",
        Grouping::Issuer => "a heading for each issuer",
        Grouping::Tag => "a heading for each tag",
    }
}

/// The list's title: what it is narrowed to, or how it is put in order where that is not the usual way.
pub fn list_title(find: &str, grouping: Grouping, sort: Sort) -> String {
    if !find.is_empty() {
        return format!("Devices with \"{find}\"");
    }
    let grouping = match grouping {
        Grouping::None => "",
        Grouping::Issuer => " by issuer",
        Grouping::Tag => " by tag",
    };
    let sort = match sort {
        Sort::Issuer => "",
        Sort::Account => ", sorted by account",
        Sort::Used => ", last used first",
        Sort::Newest => ", newest first",
    };
    format!("Devices{grouping}{sort}")
}

/// Where a text was found that is neither in the issuer nor in the account; the text follows.
pub fn found_in(place: FoundIn) -> &'static str {
    match place {
        FoundIn::Tag => "tag",
        FoundIn::AccountId => "account",
        FoundIn::Serial => "serial",
    }
}

/// A part of a device in which a text was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundIn {
    /// A tag.
    Tag,
    /// The AWS account id in an ARN.
    AccountId,
    /// The rest of the serial.
    Serial,
}
