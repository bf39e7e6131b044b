//! Pictures in shades of grey, and what makes codes in them easier to find.

/// A picture in shades of grey, row by row from the top. It has at least one pixel.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Grey {
    width: usize,
    pixels: Vec<u8>,
}

/// Of the darkest and of the brightest pixels, one in so many is ignored where contrast is stretched.
const STRAY: usize = 200;

impl Grey {
    /// None unless there are some pixels, and in whole rows.
    pub(super) fn new(width: usize, pixels: Vec<u8>) -> Option<Self> {
        let whole = width > 0 && !pixels.is_empty() && pixels.len().is_multiple_of(width);
        whole.then_some(Self { width, pixels })
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    pub(super) fn height(&self) -> usize {
        self.pixels.len() / self.width
    }

    pub(super) fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    pub(super) fn into_pixels(self) -> Vec<u8> {
        self.pixels
    }

    fn map(&self, change: impl Fn(u8) -> u8) -> Self {
        Self { width: self.width, pixels: self.pixels.iter().map(|&pixel| change(pixel)).collect() }
    }

    /// Black becomes white and white black.
    pub(super) fn inverted(&self) -> Self {
        self.map(|pixel| u8::MAX - pixel)
    }

    /// With the darkest shade made black and the brightest white, a few strays apart.
    pub(super) fn stretched(&self) -> Self {
        let mut counts = [0_usize; 256];
        for &pixel in &self.pixels {
            if let Some(count) = counts.get_mut(usize::from(pixel)) {
                *count += 1;
            }
        }
        let strays = self.pixels.len() / STRAY;
        let dark = beyond((0..=u8::MAX).zip(counts), strays);
        let bright = beyond((0..=u8::MAX).zip(counts).rev(), strays);
        let span = u32::from(bright.saturating_sub(dark)).max(1);
        self.map(|pixel| {
            let above = u32::from(pixel.clamp(dark, bright.max(dark)) - dark);
            u8::try_from(above * 255 / span).unwrap_or(u8::MAX)
        })
    }

    /// Half as wide and high: four pixels become their mean. None when nothing would be left.
    pub(super) fn halved(&self) -> Option<Self> {
        let (width, pairs) = (self.width / 2, self.pixels.chunks_exact(2 * self.width));
        let rows = pairs.flat_map(|pair| {
            let (upper, lower) = pair.split_at(self.width);
            upper.chunks_exact(2).zip(lower.chunks_exact(2)).map(|(above, below)| mean(above, below))
        });
        Self::new(width, rows.collect())
    }

    /// Twice as wide and high, with soft steps between what were neighbours.
    pub(super) fn doubled(&self) -> Self {
        let wide: Vec<Vec<u8>> = self.pixels.chunks_exact(self.width).map(widened).collect();
        let mut pixels = Vec::with_capacity(4 * self.pixels.len());
        for (at, row) in wide.iter().enumerate() {
            let above = at.checked_sub(1).and_then(|at| wide.get(at)).unwrap_or(row);
            let below = wide.get(at + 1).unwrap_or(row);
            for neighbour in [above, below] {
                pixels.extend(row.iter().zip(neighbour).map(|(&near, &far)| between(near, far)));
            }
        }
        Self { width: 2 * self.width, pixels }
    }

    /// Each pixel as the mean of itself and its eight neighbours, which takes noise away.
    pub(super) fn blurred(&self) -> Self {
        let soft: Vec<Vec<u8>> = self.pixels.chunks_exact(self.width).map(softened).collect();
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for (at, row) in soft.iter().enumerate() {
            let above = at.checked_sub(1).and_then(|at| soft.get(at)).unwrap_or(row);
            let below = soft.get(at + 1).unwrap_or(row);
            pixels.extend(row.iter().zip(above).zip(below).map(|((&a, &b), &c)| third(a, b, c)));
        }
        Self { width: self.width, pixels }
    }
}

/// The first shade, counted from one end, that more pixels than the strays have reached.
fn beyond(counts: impl Iterator<Item = (u8, usize)>, strays: usize) -> u8 {
    let mut seen = 0;
    let mut last = 0;
    for (shade, count) in counts {
        seen += count;
        last = shade;
        if seen > strays {
            break;
        }
    }
    last
}

fn mean(above: &[u8], below: &[u8]) -> u8 {
    let sum: u32 = above.iter().chain(below).map(|&pixel| u32::from(pixel)).sum();
    u8::try_from(sum / 4).unwrap_or(u8::MAX)
}

/// A quarter of the way from one pixel to its neighbour.
fn between(near: u8, far: u8) -> u8 {
    u8::try_from((3 * u16::from(near) + u16::from(far)) / 4).unwrap_or(u8::MAX)
}

fn third(a: u8, b: u8, c: u8) -> u8 {
    u8::try_from((u16::from(a) + u16::from(b) + u16::from(c)) / 3).unwrap_or(u8::MAX)
}

/// A row with each pixel beside the one before it and the one after it; at the ends, beside itself.
fn neighbours(row: &[u8]) -> impl Iterator<Item = (u8, u8, u8)> {
    let before = row.first().into_iter().chain(row);
    let after = row.iter().skip(1).chain(row.last());
    before.zip(row).zip(after).map(|((&before, &pixel), &after)| (before, pixel, after))
}

fn widened(row: &[u8]) -> Vec<u8> {
    neighbours(row)
        .flat_map(|(before, pixel, after)| [between(pixel, before), between(pixel, after)])
        .collect()
}

fn softened(row: &[u8]) -> Vec<u8> {
    neighbours(row).map(|(before, pixel, after)| third(before, pixel, after)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: usize, pixels: &[u8]) -> Grey {
        Grey::new(width, pixels.to_vec()).unwrap()
    }

    #[test]
    fn only_whole_rows_make_a_picture() {
        assert!(Grey::new(0, vec![]).is_none() && Grey::new(3, vec![]).is_none());
        assert!(Grey::new(3, vec![0; 4]).is_none());
        let picture = grey(3, &[0; 6]);
        assert_eq!((picture.width(), picture.height()), (3, 2));
    }

    #[test]
    fn contrast_is_stretched_over_all_shades() {
        assert_eq!(grey(3, &[100, 110, 120]).stretched().pixels(), [0, 127, 255]);
        assert_eq!(grey(2, &[7, 7]).stretched().pixels(), [0, 0]);
        let mut one_stray = vec![50; 300];
        one_stray[0] = 255;
        one_stray[1] = 60;
        one_stray[2] = 60;
        assert_eq!(grey(300, &one_stray).stretched().pixels()[..4], [255, 255, 255, 0]);
    }

    #[test]
    fn sizes_change_by_two() {
        let picture = grey(3, &[0, 100, 9, 200, 100, 9, 1, 1, 1]);
        let half = picture.halved().unwrap();
        assert_eq!((half.width(), half.pixels()), (1, &[100][..]));
        assert!(half.halved().is_none());
        let double = grey(2, &[0, 100]).doubled();
        assert_eq!((double.width(), double.pixels()), (4, &[0, 25, 75, 100, 0, 25, 75, 100][..]));
    }

    #[test]
    fn noise_is_blurred_and_shades_are_turned_round() {
        assert_eq!(grey(3, &[0, 0, 0, 0, 90, 0, 0, 0, 0]).blurred().pixels(), [10; 9]);
        assert_eq!(grey(2, &[0, 200]).inverted().pixels(), [255, 55]);
    }
}
