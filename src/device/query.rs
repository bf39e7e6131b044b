//! How people name a device.

use super::Device;

/// Why a query does not pick one device.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// No device fits.
    #[error("no device fits")]
    NoMatch,
    /// Several do: their ids and labels (safe to show), in the vault's order.
    #[error("{} devices fit", candidates.len())]
    Ambiguous {
        /// Short id and label of each.
        candidates: Vec<(super::DeviceId, String)>,
    },
}

/// Picks exactly one device: by id, id prefix (6 or more), serial, `issuer:account`, or any text that
/// only one device's issuer, account, tag, serial or AWS account id holds, case ignored.
/// An exact answer (id, serial, issuer:account, whole issuer or account) goes before a part of a text.
pub fn pick<'a>(
    devices: impl Iterator<Item = &'a Device> + Clone,
    query: &str,
) -> Result<&'a Device, QueryError> {
    let _ = (devices, query);
    todo!()
}

/// Whether a device is in the list that this text narrows: every word of it stands somewhere in
/// issuer, account, tags, serial or note, case ignored.
pub fn matches(device: &Device, filter: &str) -> bool {
    let _ = (device, filter);
    todo!()
}
