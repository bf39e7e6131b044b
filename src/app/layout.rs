//! Where the panes are, in cells: what is drawn and what keys and clicks mean agree by this.

/// The fewest columns for words beside a QR code.
pub const CODE_WORDS: usize = 16;

/// The columns and lines for a QR code with words beside it, on a screen of this size.
pub fn beside_words((columns, rows): (u16, u16)) -> (usize, usize) {
    (usize::from(columns).saturating_sub(CODE_WORDS), usize::from(rows).saturating_sub(1))
}

/// The smallest screen on which anything is shown.
pub const MIN_COLUMNS: u16 = 40;
/// The smallest screen on which anything is shown.
pub const MIN_ROWS: u16 = 10;
/// From this width on the details are beside the list.
pub const BESIDE_FROM: u16 = 90;
/// Under this width the account is not in the list.
pub const ACCOUNT_FROM: u16 = 60;
/// From this height on the details are below the list, where they are not beside it.
const BELOW_FROM: u16 = 20;
/// Rows of the details below the list, frame included.
const BELOW_ROWS: u16 = 10;

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pane {
    /// From the left.
    pub x: u16,
    /// From the top.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// Where the panes are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Whether the panes have frames.
    pub framed: bool,
    /// All between the first line and the last ones.
    pub body: Pane,
    /// The list.
    pub list: Option<Pane>,
    /// The details.
    pub detail: Option<Pane>,
    /// What is not saved, when something is not.
    pub alarm_row: Option<u16>,
    /// The notice.
    pub notice_row: u16,
    /// The keys.
    pub keys_row: u16,
}

/// Whether nothing can be shown.
pub fn is_too_small((columns, rows): (u16, u16)) -> bool {
    columns < MIN_COLUMNS || rows < MIN_ROWS
}

/// Whether the details have no place of their own and have to be opened.
pub fn is_narrow((columns, rows): (u16, u16)) -> bool {
    columns < BESIDE_FROM && rows < BELOW_FROM
}

impl Layout {
    /// The panes of a screen: `alarm` when a line tells what is not saved, `detail_open` when the details
    /// were opened in place of the list.
    pub fn of(size: (u16, u16), alarm: bool, detail_open: bool) -> Self {
        let (columns, rows) = size;
        let below = 2 + u16::from(alarm);
        let body = Pane { x: 0, y: 1, width: columns, height: rows.saturating_sub(1 + below) };
        let framed = columns >= ACCOUNT_FROM && rows >= 14;
        let (list, detail) = if columns >= BESIDE_FROM {
            let width = (columns / 5 * 2).clamp(40, 60);
            let (list, detail) = body.split_right(width);
            (Some(list), Some(detail))
        } else if !is_narrow(size) {
            let (list, detail) = body.split_below(BELOW_ROWS);
            (Some(list), Some(detail))
        } else if detail_open {
            (None, Some(body))
        } else {
            (Some(body), None)
        };
        Self {
            framed,
            body,
            list,
            detail,
            alarm_row: alarm.then(|| rows.saturating_sub(3)),
            notice_row: rows.saturating_sub(2),
            keys_row: rows.saturating_sub(1),
        }
    }

    /// What is inside a dialog over the body: under its title, or in its frame with a little air.
    pub fn inside_dialog(&self) -> Pane {
        let Pane { x, y, width, height } = self.body.inside(self.framed);
        if !self.framed {
            return Pane { y: y + 1, height: height.saturating_sub(1), x, width };
        }
        let air = u16::from(height > 14);
        Pane { x: x + 1, y: y + air, width: width.saturating_sub(2), height: height - air }
    }

    /// How many devices the list shows at once, at least 1.
    pub fn list_rows(&self) -> usize {
        let rows = self.list.unwrap_or(self.body).inside(self.framed).height;
        usize::from(rows.max(1))
    }
}

impl Pane {
    /// What is inside its frame, if it has one.
    #[must_use]
    pub fn inside(self, framed: bool) -> Self {
        let frame = u16::from(framed);
        Self {
            x: self.x + frame,
            y: self.y + frame,
            width: self.width.saturating_sub(2 * frame),
            height: self.height.saturating_sub(2 * frame),
        }
    }

    /// Whether a cell is in it.
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.x.saturating_add(self.width)).contains(&column)
            && (self.y..self.y.saturating_add(self.height)).contains(&row)
    }

    fn split_right(self, width: u16) -> (Self, Self) {
        let width = width.min(self.width);
        let left = self.width - width;
        (Self { width: left, ..self }, Self { x: self.x + left, width, ..self })
    }

    fn split_below(self, height: u16) -> (Self, Self) {
        let height = height.min(self.height);
        let upper = self.height - height;
        (Self { height: upper, ..self }, Self { y: self.y + upper, height, ..self })
    }
}
