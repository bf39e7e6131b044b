//! Many things on few codes.

/// Splits things into pages that fit, in their order, each as full as it can be. `fits` says whether a page of these does:
/// where it does, fewer do too. What does not even fit alone gets a page of its own, for the caller to say so.
pub fn pages<T>(things: &[T], fits: impl Fn(&[T]) -> bool) -> Vec<&[T]> {
    let mut pages = Vec::new();
    let mut rest = things;
    while !rest.is_empty() {
        let mut most = 1;
        while rest.get(..=most).is_some_and(&fits) {
            most += 1;
        }
        let (page, more) = rest.split_at(most);
        pages.push(page);
        rest = more;
    }
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_does_not_fit_stands_alone() {
        let fits = |page: &[u32]| page.iter().sum::<u32>() <= 10;
        assert_eq!(pages(&[3, 3, 4, 1, 99, 5, 5], fits), [&[3, 3, 4][..], &[1], &[99], &[5, 5]]);
        assert!(pages(&[], fits).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_no_page_could_take_the_next_one(sizes in proptest::collection::vec(1_u32..8, 0..40)) {
            let fits = |page: &[u32]| page.iter().sum::<u32>() <= 10;
            let pages = pages(&sizes, fits);
            prop_assert_eq!(&pages.concat(), &sizes);
            prop_assert!(pages.iter().all(|page| fits(page)));
            for two in pages.windows(2) {
                let with_next: Vec<u32> = two[0].iter().chain(&two[1][..1]).copied().collect();
                prop_assert!(!fits(&with_next));
            }
        }
    }
}
