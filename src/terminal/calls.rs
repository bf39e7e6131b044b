//! Calls of AWS, each on a thread of its own: one that hangs until its time is over holds up nothing, and whoever left it
//! can ask anew. What comes of it is a message, whether somebody still waits for it or not.

use super::post::{Event, Post};
use super::wipe::wipe_stack;
use crate::app::{AwsAnswer, AwsAsk, AwsCall, AwsProfile, AwsSession, AwsWho, OnDevice, Outcome};
use crate::aws::{Config, Keys, Owned};
use crate::caller::{self, Asked, Cache, Caller, Folders, Pace, Programs, Wanted};
use crate::clock::Clock;
use crate::explain::aws::NoAwsKeys;
use crate::explain::{Explain as _, Explanation};
use std::sync::Arc;

/// Who starts the threads.
pub(super) struct Calls {
    place: Place,
    post: Post,
}

/// What a call knows of the world.
#[derive(Clone)]
struct Place {
    sessions: Option<Folders>,
    clock: Arc<dyn Clock>,
}

impl Calls {
    pub(super) fn new(sessions: Option<Folders>, clock: Arc<dyn Clock>, post: Post) -> Self {
        Self { place: Place { sessions, clock }, post }
    }

    /// Has AWS asked. Each request has 30 seconds, and is sent three times at most.
    pub(super) fn ask(&self, call: AwsCall) {
        let (place, post) = (self.place.clone(), self.post.clone());
        std::thread::spawn(move || {
            let AwsCall { number, ask } = call;
            let result = place.answer(ask);
            wipe_stack();
            post.send(Event::Aside(Outcome::Aws { number, result }));
        });
    }
}

impl Place {
    fn answer(&self, ask: AwsAsk) -> Result<AwsAnswer, Explanation> {
        match ask {
            AwsAsk::Profiles => self.profiles().map(AwsAnswer::Profiles),
            AwsAsk::Make { who, name } => self.make(who, name.as_deref()),
            AwsAsk::Enable(on, codes) => {
                self.on(&on, |caller, device| caller.enable(device, || Ok(codes)))?;
                Ok(AwsAnswer::Enabled(on.id))
            }
            AwsAsk::Verify(on) => {
                self.on(&on, Caller::verify)?;
                Ok(AwsAnswer::Verified(on.id))
            }
            AwsAsk::Resync(on, codes) => {
                self.on(&on, |caller, device| {
                    caller.iam().resync(device, &codes).map_err(|error| error.explain())
                })?;
                Ok(AwsAnswer::Resynced)
            }
            AwsAsk::Delete { who, serial } => {
                let deleted = self.caller(&asked(&who))?.iam().delete(&serial);
                deleted.map(|()| AwsAnswer::Deleted).map_err(|error| error.explain())
            }
        }
    }

    fn make(&self, who: AwsWho, name: Option<&str>) -> Result<AwsAnswer, Explanation> {
        let asked = asked(&who);
        let caller = self.caller(&asked)?;
        let user = asked.user(None, &caller)?;
        let made = caller.make(name.unwrap_or(&user), who.user.as_deref())?;
        let serial = made.serial.clone();
        let candidate = caller::candidate(made, &user).inspect_err(|_| {
            // Nobody will ever have its secret.
            let _ = caller.iam().delete(&serial);
        })?;
        let candidate = Box::new(candidate);
        Ok(AwsAnswer::Made { candidate, who: AwsWho { user: Some(user), ..who } })
    }

    /// Does something with a device of the user's.
    fn on(
        &self,
        on: &OnDevice,
        does: impl FnOnce(&Caller, Owned<'_>) -> Result<(), Explanation>,
    ) -> Result<(), Explanation> {
        let asked = asked(&on.who);
        let caller = self.caller(&asked)?;
        let user = asked.user(None, &caller)?;
        does(&caller, Owned { user: &user, serial: &on.serial })
    }

    fn caller(&self, asked: &Asked) -> Result<Caller, Explanation> {
        let pace = Pace { clock: Arc::clone(&self.clock), pause: Arc::new(std::thread::sleep) };
        asked.caller(Programs::Refused, pace, |wanted| self.kept_keys(wanted))
    }

    /// The keys of a session that is kept: to begin one takes a code, and is up to the command line.
    fn kept_keys(&self, wanted: &Wanted) -> Result<Keys, Explanation> {
        let way = wanted.way()?;
        let kept = self.cache(&way.fingerprint()).and_then(|cache| cache.read(self.clock.now()));
        let profile = || wanted.profile.clone().unwrap_or_else(caller::usual_profile);
        Ok(kept.ok_or_else(|| NoAwsKeys::NoSession { profile: profile() }.explain())?.keys)
    }

    fn cache(&self, fingerprint: &str) -> Option<Cache> {
        Some(Cache::of(fingerprint, self.sessions.as_ref()?))
    }

    fn profiles(&self) -> Result<Vec<AwsProfile>, Explanation> {
        let config = caller::config()?;
        Ok(config.profiles().map(|profile| self.profile(&config, profile.name)).collect())
    }

    fn profile(&self, config: &Config, name: &str) -> AwsProfile {
        let serial = config.serial_of(name).map(str::to_owned);
        let session = match Wanted::of_profile(Some(name)).way_in(config) {
            Err(why) => AwsSession::Never(why.message),
            Ok(way) => {
                let kept = self.cache(&way.fingerprint()).and_then(|cache| cache.read(self.clock.now()));
                kept.map_or(AwsSession::No, |kept| AwsSession::Until(kept.expires))
            }
        };
        AwsProfile { name: name.to_owned(), serial, session }
    }
}

fn asked(who: &AwsWho) -> Asked {
    Asked { profile: who.profile.clone(), user: who.user.clone() }
}
