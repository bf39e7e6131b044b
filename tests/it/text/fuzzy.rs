//! Finding as fzf finds.

use keyfob::text::Fuzzy;

#[test]
fn letters_are_found_in_their_order_whatever_their_case_and_accents() {
    for (words, text, fits) in [
        ("", "anything", true),
        ("  ", "anything", true),
        ("aws", "Amazon Web Services", true),
        ("prd ali", "acme-prod:alice", true),
        ("ali prd", "acme-prod:alice", true),
        ("ALI", "alice", true),
        ("cafe", "Café", true),
        ("swa", "Amazon", false),
        ("zz", "pizza", true),
        ("zz", "zero", false),
        // What fzf takes for operators are letters here: people find e-mail addresses and ARNs.
        ("!ali", "alice", false),
        ("^b", "a^b", true),
    ] {
        assert_eq!(Fuzzy::new(words).score(text).is_some(), fits, "{words:?} in {text:?}");
    }
}

#[test]
fn a_better_fit_scores_higher() {
    let mut fuzzy = Fuzzy::new("git");
    let whole = fuzzy.score("GitHub").unwrap();
    let scattered = fuzzy.score("Google and its twin").unwrap();
    assert!(whole > scattered, "{whole} {scattered}");
}

#[test]
fn marks_are_the_places_of_what_was_found() {
    assert_eq!(Fuzzy::new("gh").marks("GitHub"), [0, 3]);
    assert_eq!(Fuzzy::new("hub git").marks("GitHub"), [0, 1, 2, 3, 4, 5]);
    assert_eq!(Fuzzy::new("xy").marks("GitHub"), [0_u32; 0]);
    assert_eq!(Fuzzy::new("").marks("GitHub"), [0_u32; 0]);
}

#[test]
fn of_several_texts_each_word_is_found_in_the_one_that_fits_best() {
    let texts = ["GitHub", "alice@hub", "work"];
    let score = |words: &str| Fuzzy::new(words).score_among(&texts.into_iter());
    assert!(score("git ali").is_some() && score("hub").is_some());
    assert_eq!((score("gitalice"), score("git zoe")), (None, None), "a word goes over no border");
    assert_eq!(score(""), Some(0));
    let marks = |words: &str| Fuzzy::new(words).marks_among(&texts);
    assert_eq!(marks("git ali"), [vec![0, 1, 2], vec![0, 1, 2], vec![]]);
    assert_eq!(marks("rk"), [vec![], vec![], vec![2, 3]]);
    assert_eq!(marks("zoe"), [const { Vec::<u32>::new() }; 3]);
}
