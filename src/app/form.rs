//! What all forms have in common: fields in an order, one of them focused.

use super::field::{Full, TextField};
use super::{Key, KeyPress};

/// A form: fields in an order, one of them focused.
pub trait Form {
    /// Names the fields.
    type Id: Copy + PartialEq;

    /// The fields that are there now, in order.
    fn shown(&self) -> Vec<Self::Id>;
    /// The focused one.
    fn focus(&self) -> Self::Id;
    /// Moves the focus.
    fn set_focus(&mut self, id: Self::Id);
    /// What is said before a field.
    fn label(&self, id: Self::Id) -> &'static str;
    /// A field.
    fn field(&self, id: Self::Id) -> &TextField;
    /// A field, to type in.
    fn field_mut(&mut self, id: Self::Id) -> &mut TextField;
    /// What could be added to a field, shown after its cursor.
    fn ghost(&self, _id: Self::Id) -> String {
        String::new()
    }
    /// After a field was typed in.
    fn on_edited(&mut self, _id: Self::Id) {}

    /// Moves the focus on or back, round the ends.
    fn step(&mut self, forward: bool) {
        let shown = self.shown();
        let focus = self.focus();
        let at = shown.iter().position(|id| *id == focus).unwrap_or(0);
        let next = if forward { at + 1 } else { at + shown.len() - 1 } % shown.len().max(1);
        if let Some(id) = shown.get(next) {
            self.set_focus(*id);
        }
    }

    /// Whether the focused field is the last.
    fn at_last(&self) -> bool {
        self.shown().last() == Some(&self.focus())
    }

    /// Gives a key to the focused field; whether it took it.
    fn type_key(&mut self, press: KeyPress) -> Result<bool, Full> {
        let id = self.focus();
        let taken = self.field_mut(id).on_key(press)?;
        if taken {
            self.on_edited(id);
        }
        Ok(taken)
    }

    /// Moves between the lines of the focused field, where it has several; whether there was one to go to.
    fn go_line(&mut self, press: KeyPress) -> bool {
        let down = press == KeyPress::plain(Key::Down);
        let up = press == KeyPress::plain(Key::Up);
        let focus = self.focus();
        (up || down) && self.field(focus).has_lines() && self.field_mut(focus).go_line(down)
    }

    /// Begins a new line in the focused field, where it takes several.
    fn new_line(&mut self) -> Result<bool, Full> {
        let id = self.focus();
        self.field_mut(id).new_line()?;
        self.on_edited(id);
        Ok(true)
    }

    /// Puts a pasted text into the focused field, as one piece.
    fn paste(&mut self, text: &str) -> Result<(), Full> {
        let id = self.focus();
        self.field_mut(id).insert(text.trim())?;
        self.on_edited(id);
        Ok(())
    }

    /// Whether somebody typed something that would be lost.
    fn is_typed_in(&self) -> bool {
        self.shown().into_iter().any(|id| {
            let field = self.field(id);
            field.is_edited() && !field.is_empty()
        })
    }
}
