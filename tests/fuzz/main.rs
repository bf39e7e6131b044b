//! One program for all targets: `KEYFOB_TARGET` says which, `list` names them with their longest input.
#![no_main]

#[path = "../it/fuzzing/targets/mod.rs"]
mod targets;

use std::sync::OnceLock;
use targets::Target;

static TARGET: OnceLock<Target> = OnceLock::new();

libfuzzer_sys::fuzz_target!(init: start(), |data: &[u8]| {
    if let Some(target) = TARGET.get() {
        target.run(data);
    }
});

fn start() {
    let wanted = std::env::var("KEYFOB_TARGET").unwrap_or_default();
    let Some(target) = targets::all().find(|target| target.name() == wanted) else {
        for target in targets::all() {
            println!("{} {}", target.name(), target.longest);
        }
        std::process::exit(i32::from(wanted != "list"));
    };
    let _ = TARGET.set(target);
    tolerate_the_decoder();
}

/// The library that reads QR codes panics at times, and keyfob catches that. libFuzzer's own hook would end
/// everything before; so its hook is not asked about panics in there.
fn tolerate_the_decoder() {
    let fatal = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or("", |place| place.file());
        if !place.contains("/rxing-") {
            fatal(panic);
        }
    }));
}
