//! The nearest name: what was meant where something else was written.

/// The name with the fewest slips, where it is not another word altogether.
pub(super) fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let slips = |name: &str| distance(name, written);
    let nearest = names.min_by_key(|name| slips(name))?;
    let longest = nearest.chars().count().max(written.chars().count());
    (slips(nearest) <= longest.div_ceil(2)).then_some(nearest)
}

/// How many letters have to be put in, left out or changed (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(other.chars()) {
            let best = (diagonal + usize::from(a != b)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = best;
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn the_nearest_name_is_the_one_with_the_fewest_slips() {
        for (one, other, slips) in [
            ("vault", "vault", 0),
            ("vault", "vualt", 2),
            ("", "abc", 3),
            ("idle_lock", "idlelock", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(one, other), slips, "{one} {other}");
            assert_eq!(distance(other, one), slips, "{other} {one}");
        }
    }

    #[test]
    fn another_word_is_no_slip() {
        let names = || ["vault", "idle_lock"].into_iter();
        assert_eq!(nearest("vualt", names()), Some("vault"));
        assert_eq!(nearest("idlelock", names()), Some("idle_lock"));
        assert_eq!(nearest("passphrase", names()), None);
        assert_eq!(nearest("vault", std::iter::empty()), None);
    }
}
