//! How many values a `MessagePack` text has, told without making any of them.

/// The most values of a vault's contents: those of some 20,000 devices. A value of one byte can take 64 of memory once
/// it is read, so that the size of a file alone bounds nothing.
pub(super) const MAX_VALUES: usize = 1_500_000;

/// How many values there are, keys and what holds others among them, counted to the limit and one more at most. What
/// is cut off or of no known kind ends the count: the reader will say so.
pub(super) fn count(bytes: &[u8], limit: usize) -> usize {
    let mut rest = bytes;
    let mut values = 0;
    while let Some((marker, after)) = rest.split_first() {
        values += 1;
        if values > limit {
            break;
        }
        let Some(next) = length(*marker, after).and_then(|length| after.get(length..)) else { break };
        rest = next;
    }
    values
}

/// How many bytes follow a marker before the next one. Arrays and maps are only their heads.
fn length(marker: u8, after: &[u8]) -> Option<usize> {
    let number = |bytes: usize| {
        let digits = after.get(..bytes)?.iter();
        usize::try_from(digits.fold(0_u64, |number, byte| number << 8 | u64::from(*byte))).ok()
    };
    let data = |head: usize, more: usize| number(head)?.checked_add(head)?.checked_add(more);
    Some(match marker {
        // Text of up to 31 bytes.
        0xa0..=0xbf => usize::from(marker & 0x1f),
        // Bytes and text, by the size of their length; extensions have a byte more.
        0xc4 | 0xd9 => data(1, 0)?,
        0xc5 | 0xda => data(2, 0)?,
        0xc6 | 0xdb => data(4, 0)?,
        0xc7 => data(1, 1)?,
        0xc8 => data(2, 1)?,
        0xc9 => data(4, 1)?,
        // Extensions of 1, 2, 4, 8 and 16 bytes.
        0xd4..=0xd8 => 1 + (1 << (marker - 0xd4)),
        // Numbers of 1, 2, 4 and 8 bytes; arrays and maps of more than 15.
        0xcc | 0xd0 => 1,
        0xcd | 0xd1 | 0xdc | 0xde => 2,
        0xca | 0xce | 0xd2 | 0xdd | 0xdf => 4,
        0xcb | 0xcf | 0xd3 => 8,
        // Small numbers, small arrays and maps, nil and truth.
        _ => 0,
    })
}

#[cfg(test)]
mod tests {
    use super::{MAX_VALUES, count};
    use serde_json::json;

    #[test]
    fn every_kind_is_one_value_and_what_it_holds() {
        let long = "x".repeat(70_000);
        for (value, values) in [
            (json!(null), 1),
            (
                json!([1, -1, 200, 70_000, 5_000_000_000_u64, -200, -70_000, -5_000_000_000_i64, 0.5, true]),
                11,
            ),
            (json!({"a": "b", "c": ["d", {}]}), 7),
            (json!([long, "y".repeat(40), "z".repeat(300)]), 4),
            (json!(vec![0; 40]), 41),
            (json!(vec![[0; 2]; 70_000]), 210_001),
        ] {
            let bytes = rmp_serde::to_vec(&value).unwrap();
            assert_eq!(count(&bytes, MAX_VALUES), values, "{} bytes", bytes.len());
        }
        assert_eq!(count(&[0xc4, 3, 0xc0, 0xc0, 0xc0, 0xd6, 1, 0, 0, 0, 0, 0xc7, 1, 0, 9, 0xc0], 9), 4);
    }

    #[test]
    fn a_count_ends_with_its_limit_or_its_bytes() {
        assert_eq!(count(&[0xc0; 100], 10), 11);
        for cut in [&[0xdb, 0xff, 0xff, 0xff, 0xff][..], &[0xc9, 0xff], &[0xd9], &[0xcf, 0]] {
            assert_eq!(count(cut, 10), 1, "{cut:?}");
        }
        assert_eq!(count(&[], 10), 0);
    }

    #[test]
    fn what_follows_a_marker_is_passed_over_to_the_byte() {
        // The marker with its head, and how many bytes of data follow.
        let heads: [(&[u8], usize); 24] = [
            (&[0xbf], 31),
            (&[0xc4, 200], 200),
            (&[0xd9, 200], 200),
            (&[0xc5, 1, 2], 258),
            (&[0xda, 1, 2], 258),
            (&[0xc6, 0, 1, 0, 2], 65_538),
            (&[0xdb, 0, 1, 0, 2], 65_538),
            (&[0xc7, 3, 9], 3),
            (&[0xc8, 1, 2, 9], 258),
            (&[0xc9, 0, 1, 0, 2, 9], 65_538),
            (&[0xd4, 9], 1),
            (&[0xd5, 9], 2),
            (&[0xd6, 9], 4),
            (&[0xd7, 9], 8),
            (&[0xd8, 9], 16),
            (&[0xcc], 1),
            (&[0xd0], 1),
            (&[0xcd], 2),
            (&[0xd1], 2),
            (&[0xca], 4),
            (&[0xce], 4),
            (&[0xd2], 4),
            (&[0xcf], 8),
            (&[0xd3], 8),
        ];
        for (head, data) in heads {
            // Every byte of the data would be a value of its own.
            let bytes = [head, &vec![0xc0; data], &[0xc0]].concat();
            assert_eq!(count(&bytes, 9), 2, "{head:?}");
        }
        for (head, items) in
            [(&[0xdc, 0, 3][..], 3), (&[0xde, 0, 2], 4), (&[0xdd, 0, 0, 0, 3], 3), (&[0xdf, 0, 0, 0, 2], 4)]
        {
            assert_eq!(count(&[head, &vec![0xc0; items]].concat(), 9), 1 + items, "{head:?}");
        }
        assert_eq!((count(&[0xc0; 9], 9), count(&[0xc0; 10], 9)), (9, 10));
    }
}
