//! What is seen only after the passphrase: the form that asks for it, and a secret.

use super::canvas::Canvas;
use super::dialogs::Place;
use super::form::{self, Look, Row};
use super::theme::Role;
use crate::app::{Asked, Guarded, Model, Open, ProveForm, SecretShown, Tone};
use crate::device::Device;
use crate::explain::notices;
use ratatui::layout::Position;
use zeroize::Zeroizing;

/// Characters of base32 in a group.
const GROUP: usize = 4;

pub(super) fn draw_prove(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Open,
    place: Place,
    prove: &ProveForm,
) -> Option<Position> {
    let label = open.label_of(prove.then);
    let (what, told) = match prove.then {
        Guarded::Secret(_) => ("Secret", notices::PROVE_TOLD),
        Guarded::Qr(_) => ("QR code", notices::PROVE_TOLD),
        Guarded::Pages(_) => ("QR codes", notices::PROVE_PAGES_TOLD),
    };
    let inner = form::open(canvas, place.pane, place.framed, &format!("{what} of {label}"));
    let asked = match &prove.asked {
        Asked::Vault => notices::TYPE_VAULTS.to_owned(),
        Asked::Identity(name) => notices::type_identitys(name),
    };
    let mut rows = vec![
        Row::Text(told.to_owned(), Role::Text),
        Row::Blank,
        Row::Aside(asked),
        Row::Blank,
        Row::Field(()),
        Row::Blank,
    ];
    match (prove.running, &prove.error) {
        (Some(words), _) => rows.push(Row::Text(words.to_owned(), Role::Warning)),
        (None, Some(why)) => rows.push(Row::Text(why.clone(), Role::Error)),
        (None, None) if model.demo => rows.push(Row::Aside(notices::DEMO_PASSPHRASE.to_owned())),
        (None, None) => {}
    }
    let look = Look { field: 48, waiting: prove.running.is_some() };
    form::draw(canvas, inner, &prove.passphrase, rows, &look, |()| true)
}

pub(super) fn draw_secret(
    canvas: &mut Canvas<'_>,
    model: &Model,
    open: &Open,
    place: Place,
    shown: &SecretShown,
) {
    let Some(device) = open.vault.get(shown.id) else { return };
    let inner = form::open(canvas, place.pane, place.framed, &format!("Secret of {}", device.label()));
    let left = shown.until.saturating_sub(model.moment.uptime).as_secs();
    let mut rows = vec![
        Row::Text(grouped(device).as_str().to_owned(), Role::Strong),
        Row::Blank,
        Row::Text(notices::method(&device.method), Role::Text),
    ];
    if let Some(counter) = device.method.counter() {
        rows.push(Row::Text(notices::counter(counter), Role::Text));
    }
    rows.extend([
        Row::Aside(notices::SECRET_TOLD.to_owned()),
        Row::Blank,
        Row::Marked(Tone::Warning, notices::gone_in(left)),
    ]);
    form::draw_text_from(canvas, inner, rows, shown.top);
}

/// The secret in base32, in groups that can be read aloud.
fn grouped(device: &Device) -> Zeroizing<String> {
    let base32 = device.secret.to_base32();
    // Its room is known: a string that grows would leave copies behind.
    let mut grouped = Zeroizing::new(String::with_capacity(base32.len() + base32.len() / GROUP + 1));
    for (at, letter) in base32.chars().enumerate() {
        if at > 0 && at % GROUP == 0 {
            grouped.push(' ');
        }
        grouped.push(letter);
    }
    grouped
}
