//! Finding as fzf finds: letters in their order, not next to each other, best fit first.

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization, Pattern};
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

impl Fuzzy {
    /// How well several texts of one thing fit together, where each word has to be found whole in one of
    /// them; none where one is not.
    pub fn score_among<'a>(&mut self, texts: &(impl Iterator<Item = &'a str> + Clone)) -> Option<u32> {
        let Self { pattern, matcher, letters } = self;
        let best = |word: &Atom| {
            texts.clone().filter_map(|text| word.score(Utf32Str::new(text, letters), matcher)).max()
        };
        pattern.atoms.iter().map(best).map(|score| score.map(u32::from)).sum()
    }

    /// Which characters were found in which of these texts, as [`Self::marks`] tells them: each word only
    /// where it fits best, in the first of equal ones.
    pub fn marks_among(&mut self, texts: &[&str]) -> Vec<Vec<u32>> {
        let Self { pattern, matcher, letters } = self;
        let mut marks = vec![Vec::new(); texts.len()];
        for word in &pattern.atoms {
            let mut best: Option<(u16, usize, Vec<u32>)> = None;
            for (at, text) in texts.iter().enumerate() {
                let mut found = Vec::new();
                let score = word.indices(Utf32Str::new(text, letters), matcher, &mut found);
                if let Some(score) = score.filter(|score| best.as_ref().is_none_or(|best| *score > best.0)) {
                    best = Some((score, at, found));
                }
            }
            if let Some((_, at, found)) = best
                && let Some(marks) = marks.get_mut(at)
            {
                marks.extend(found);
            }
        }
        for marks in &mut marks {
            marks.sort_unstable();
            marks.dedup();
        }
        marks
    }
}

impl std::fmt::Debug for Fuzzy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fuzzy(..)")
    }
}
