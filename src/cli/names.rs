//! `names`: what a shell completes a QUERY with. Never asks, never complains: it runs while somebody types.

use super::context::Context;
use crate::device::{Device, query};
use crate::explain::Exit;
use crate::vault::Vault;

pub(super) fn run(context: &mut Context) -> Exit {
    let sealed = context.store().ok().and_then(|store| store.read().ok());
    if let Some(session) = sealed.and_then(|sealed| context.by_agent(sealed).ok()) {
        for device in session.vault().devices() {
            context.out.print(&name(session.vault(), device));
            context.out.print("\n");
        }
    }
    Exit::Done
}

/// `issuer:account`, where that picks the device and is safe to show; else its id.
fn name(vault: &Vault, device: &Device) -> String {
    let label = device.label();
    let picks = query::pick(vault.devices(), &label).is_ok_and(|picked| picked.id == device.id);
    let is_plain = !label.is_empty() && crate::text::safe(&label) == label && !label.contains('\\');
    if picks && is_plain { label } else { device.id.to_string() }
}
