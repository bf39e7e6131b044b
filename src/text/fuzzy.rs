//! Finding as fzf finds: letters in their order, not next to each other, best fit first.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// What is looked for: words, each of which has to be found. Case and accents do not matter.
pub struct Fuzzy {
    pattern: Pattern,
    matcher: Matcher,
    letters: Vec<char>,
}

impl Fuzzy {
    /// Looks for these words.
    pub fn new(words: &str) -> Self {
        let pattern = Pattern::new(words, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
        Self { pattern, matcher: Matcher::new(Config::DEFAULT), letters: Vec::new() }
    }

    /// Whether nothing is looked for: then everything fits.
    pub fn is_empty(&self) -> bool {
        self.pattern.atoms.is_empty()
    }

    /// How well a text fits, the higher the better; none where it does not.
    pub fn score(&mut self, text: &str) -> Option<u32> {
        self.pattern.score(Utf32Str::new(text, &mut self.letters), &mut self.matcher)
    }

    /// Which characters of a text were found, by their place counted from 0, in order, each once; empty
    /// where the text does not fit. A grapheme counts as one character, as it is drawn.
    pub fn marks(&mut self, text: &str) -> Vec<u32> {
        let mut marks = Vec::new();
        let haystack = Utf32Str::new(text, &mut self.letters);
        if self.pattern.indices(haystack, &mut self.matcher, &mut marks).is_none() {
            return Vec::new();
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

impl std::fmt::Debug for Fuzzy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fuzzy(..)")
    }
}
