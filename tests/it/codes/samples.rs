//! Samples that lie beside the checkout: read when they are there, passed over when not.

/// A sample as JSON, by its folder and its name.
pub(crate) fn json(name: &str) -> Option<serde_json::Value> {
    let (kind, file) = name.split_once('/').unwrap();
    let folder = crate::harness::samples::samples(kind)?;
    let content = std::fs::read_to_string(folder.join(file)).unwrap();
    Some(serde_json::from_str(&content).unwrap())
}
