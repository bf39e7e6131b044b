//! A home whose AWS profiles lead to a server of the tests.

use super::server::{Device, KEY_ID, KEY_SECRET, Server, from_base32};
use crate::cli::harness::run;
use crate::harness::home::{Home, RFC_SECRET, Ran};

pub const ARN: &str = "arn:aws:iam::123456789012:mfa/alice";

/// Home and server, with nothing enrolled yet.
pub struct Stage {
    pub home: Home,
    pub server: Server,
}

impl Stage {
    pub fn new() -> Self {
        let stage = Self { home: Home::with_vault(), server: Server::start() };
        let keys = format!("[base]\naws_access_key_id = {KEY_ID}\naws_secret_access_key = {KEY_SECRET}\n");
        std::fs::create_dir(stage.home.path(".aws")).unwrap();
        std::fs::write(stage.home.path(".aws/credentials"), keys).unwrap();
        stage.config("");
        stage
    }

    /// The same with `alice`'s device on both sides.
    pub fn enrolled() -> Self {
        let stage = Self::new();
        let uri = format!("otpauth://totp/AWS:alice?secret={RFC_SECRET}&issuer=AWS");
        let ran = stage.home.run(&["add", "-", "--serial", ARN], &uri);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        let device = Device { secret: from_base32(RFC_SECRET), user: Some("alice".into()), last_step: None };
        stage.server.state().devices.insert(ARN.into(), device);
        stage
    }

    /// Writes the config file, with this at its end.
    pub fn config(&self, more: &str) {
        let config = format!(
            "[profile base]\nmfa_serial = {ARN}\nregion = eu-west-1\nendpoint_url = {url}\n\
             [profile admin]\nrole_arn = arn:aws:iam::123456789012:role/Admin\nsource_profile = base\n\
             endpoint_url = {url}\nexternal_id = ext 42\n{more}",
            url = self.server.url
        );
        std::fs::write(self.home.path(".aws/config"), config).unwrap();
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        run(&self.home, arguments, "", &[])
    }

    /// Runs and insists that all went well; what it said on standard output.
    #[track_caller]
    pub fn done(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.stderr);
        ran.stdout
    }
}
