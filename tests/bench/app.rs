//! What a key and a second cost before anything is written to the terminal: `update`, and drawing the
//! whole screen into memory. `buffer_alone` is the floor of drawing: a blank screen of that size.

use divan::Bencher;
use jiff::tz::TimeZone;
use keyfob::app::keymap::Keymap;
use keyfob::app::{Appearance, Key, KeyPress, Looks, Message, Model, Moment, Options, Start};
use keyfob::clock::UnixTime;
use keyfob::device::Candidate;
use keyfob::otp::Secret;
use keyfob::state::Remembered;
use keyfob::text::Text;
use keyfob::vault::{Vault, VaultId, WriterId};
use keyfob::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::time::Duration;

const NOW: u64 = 1_800_000_013;
const AREA: Rect = Rect::new(0, 0, 120, 40);
const SIZES: [usize; 2] = [40, 10_000];

fn candidate(number: usize) -> Candidate {
    Candidate {
        issuer: Text::line(&format!("Issuer {number}")).unwrap(),
        account: Text::line(&format!("user{number}@example.org")).unwrap(),
        ..Candidate::bare(Secret::from_bytes(&number.to_be_bytes()).unwrap())
    }
}

fn moment(seconds: u64) -> Moment {
    Moment { now: UnixTime(NOW + seconds), uptime: Duration::from_secs(1000 + seconds) }
}

fn model(devices: usize) -> Model {
    let mut vault = Vault::empty(VaultId(uuid::Uuid::from_u128(1)), WriterId(1));
    let candidates: Vec<Candidate> = (1..=devices).map(candidate).collect();
    assert!(vault.import(&candidates, UnixTime(NOW - 86_400)).iter().all(Result::is_ok));
    let options = Options {
        vault_shown: "~/vault.age".to_owned(),
        start: Start::Open(Box::new(vault)),
        demo: false,
        aws: true,
        read_only: false,
        appearance: Appearance { colour: true, unicode: true },
        looks: Looks::default(),
        keys: Keymap::default(),
        hide_codes: false,
        blank_unfocused: false,
        clear_clipboard: Duration::from_secs(30),
        idle_lock: Duration::from_secs(300),
        remembered: Remembered::default(),
        rollback: None,
        time_zone: TimeZone::UTC,
        size: (AREA.width, AREA.height),
        moment: moment(0),
    };
    Model::new(options).0
}

fn press(model: &mut Model, key: Key) -> usize {
    model.update(Message::Key(KeyPress::plain(key))).len()
}

#[divan::bench(args = SIZES)]
fn update_on_an_arrow_key(bencher: Bencher<'_, '_>, devices: usize) {
    let mut model = model(devices);
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        press(&mut model, if down { Key::Down } else { Key::Up })
    });
}

/// A letter that narrows the list, and Backspace that widens it again.
#[divan::bench(args = SIZES)]
fn update_on_two_keys_of_finding(bencher: Bencher<'_, '_>, devices: usize) {
    let mut model = model(devices);
    press(&mut model, Key::Char('/'));
    bencher.bench_local(|| press(&mut model, Key::Char('9')) + press(&mut model, Key::Backspace));
}

/// Each letter of a text that is found in parts of the names, and Esc.
#[divan::bench(args = SIZES)]
fn update_on_six_keys_of_finding(bencher: Bencher<'_, '_>, devices: usize) {
    let mut model = model(devices);
    bencher.bench_local(|| {
        let typed: usize = "/u9 e9".chars().map(|letter| press(&mut model, Key::Char(letter))).sum();
        typed + press(&mut model, Key::Esc)
    });
}

#[divan::bench(args = SIZES)]
fn update_on_the_next_headings(bencher: Bencher<'_, '_>, devices: usize) {
    let mut model = model(devices);
    bencher.bench_local(|| press(&mut model, Key::Char('t')));
}

/// Folding a group and showing it again.
#[divan::bench(args = SIZES)]
fn update_on_two_keys_of_folding(bencher: Bencher<'_, '_>, devices: usize) {
    let mut model = model(devices);
    press(&mut model, Key::Char('t'));
    press(&mut model, Key::Home);
    bencher.bench_local(|| press(&mut model, Key::Enter) + press(&mut model, Key::Enter));
}

/// The whole screen while something is looked for, marks and all.
#[divan::bench(args = SIZES)]
fn draw_while_finding(bencher: Bencher<'_, '_>, devices: usize) {
    let mut model = model(devices);
    press(&mut model, Key::Char('/'));
    press(&mut model, Key::Char('u'));
    bencher.bench_local(|| {
        let mut buffer = Buffer::empty(AREA);
        view::draw(&model, AREA, &mut buffer);
        buffer
    });
}

#[divan::bench(args = SIZES)]
fn update_on_a_second(bencher: Bencher<'_, '_>, devices: usize) {
    let mut model = model(devices);
    let mut seconds = 0;
    bencher.bench_local(|| {
        // Within the time after which an idle vault is locked.
        seconds = (seconds + 1) % 200;
        model.update(Message::Tick(moment(seconds))).len()
    });
}

#[divan::bench(args = SIZES)]
fn draw(bencher: Bencher<'_, '_>, devices: usize) {
    let model = model(devices);
    bencher.bench_local(|| {
        let mut buffer = Buffer::empty(AREA);
        view::draw(&model, AREA, &mut buffer);
        buffer
    });
}

#[divan::bench]
fn buffer_alone(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| Buffer::empty(AREA));
}
