//! A session as variables of the environment.

use crate::aws::Credentials;
use crate::caller::Way;
use zeroize::Zeroizing;

/// Those that would lead elsewhere than to the session.
pub(super) const GONE: [&str; 4] =
    ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION"];

/// The variables that the AWS CLI and the SDKs read.
pub(super) fn of(session: &Credentials, way: &Way) -> Vec<(&'static str, Zeroizing<String>)> {
    let token = session.keys.token.clone().unwrap_or_default();
    let mut set = vec![
        ("AWS_ACCESS_KEY_ID", Zeroizing::new(session.keys.id.clone())),
        ("AWS_SECRET_ACCESS_KEY", session.keys.secret.clone()),
        ("AWS_SESSION_TOKEN", token),
        ("AWS_CREDENTIAL_EXPIRATION", Zeroizing::new(session.expiration())),
    ];
    for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
        set.extend(way.region.clone().map(|region| (name, Zeroizing::new(region))));
    }
    set
}
