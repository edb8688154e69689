//! What a terminal shows, kept small: a hosted session keeps a frame as long as its learner looks at it, and cells as
//! ratatui has them take 48 bytes each.

use ratatui::{
    buffer::{Buffer, Cell},
    layout::Rect,
};

use super::pen::Pen;

/// A prepared frame, packed: the cells' symbols one after the other, and the pens with the length of their strokes.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) area: Rect,
    symbols: Box<str>,
    /// Bytes of each symbol; a prepared one has few.
    lengths: Box<[u8]>,
    strokes: Box<[Stroke]>,
    /// Where each row ends in `symbols` and in `strokes`.
    ends: Box<[(usize, usize)]>,
}

/// A pen, and for how many cells on end it is used.
type Stroke = (Pen, u16);

/// A row of a packed frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Row<'a> {
    symbols: &'a str,
    lengths: &'a [u8],
    strokes: &'a [Stroke],
}

impl Shown {
    pub(super) fn of(frame: &Buffer) -> Self {
        let cells = frame.content.len();
        let (mut symbols, mut lengths) = (String::with_capacity(cells), Vec::with_capacity(cells));
        let (mut strokes, mut ends) = (Vec::new(), Vec::with_capacity(frame.area.height.into()));
        for row in frame.content.chunks(usize::from(frame.area.width).max(1)) {
            for cell in row {
                match cell.symbol().as_bytes() {
                    [byte] => symbols.push(char::from(*byte)),
                    _ => symbols.push_str(cell.symbol()),
                }
                lengths.push(u8::try_from(cell.symbol().len()).unwrap_or(u8::MAX));
            }
            let alike = row.chunk_by(|one, next| Pen::of(one) == Pen::of(next));
            strokes.extend(alike.filter_map(stroke));
            ends.push((symbols.len(), strokes.len()));
        }
        Self {
            area: frame.area,
            symbols: symbols.into(),
            lengths: lengths.into(),
            strokes: strokes.into(),
            ends: ends.into(),
        }
    }

    /// The rows from top to bottom.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let starts = std::iter::once(&(0, 0)).chain(&self.ends);
        let lengths = self.lengths.chunks(usize::from(self.area.width).max(1));
        starts.zip(&self.ends).zip(lengths).map(|((from, to), lengths)| Row {
            symbols: self.symbols.get(from.0..to.0).unwrap_or_default(),
            lengths,
            strokes: self.strokes.get(from.1..to.1).unwrap_or_default(),
        })
    }
}

fn stroke(cells: &[Cell]) -> Option<Stroke> {
    Some((Pen::of(cells.first()?), u16::try_from(cells.len()).unwrap_or(u16::MAX)))
}

impl<'a> Row<'a> {
    /// The column from which it is blank to its end.
    pub(super) fn blank_from(self) -> usize {
        // Strokes side by side have different pens, so that only the last one can be blank.
        let Some((_, cells)) = self.strokes.last().filter(|(pen, _)| *pen == Pen::default()) else {
            return self.lengths.len();
        };
        let symbols = self.symbols.bytes().rev().zip(self.lengths.iter().rev());
        let blanks = symbols.take((*cells).into()).take_while(|(byte, length)| (*byte, **length) == (b' ', 1));
        self.lengths.len() - blanks.count()
    }

    /// The cells from left to right: symbol and pen.
    pub(super) fn cells(self) -> impl Iterator<Item = (&'a str, Pen)> {
        let mut rest = self.symbols;
        let symbols = self.lengths.iter().map_while(move |length| {
            let (symbol, after) = rest.split_at_checked((*length).into())?;
            rest = after;
            Some(symbol)
        });
        symbols.zip(self.strokes.iter().flat_map(|(pen, cells)| std::iter::repeat_n(*pen, (*cells).into())))
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::{Color, Style};

    use super::*;

    #[test]
    fn a_packed_frame_has_the_cells_it_was_made_of_in_a_fraction_of_their_memory() {
        let mut frame = Buffer::empty(Rect::new(0, 0, 80, 24));
        frame.set_string(0, 0, "é 漢 👩‍🚀", Style::new().fg(Color::Rgb(1, 2, 3)));
        frame.set_string(70, 1, "to the edge and on", Style::new().bg(Color::Blue));
        let shown = Shown::of(&frame);
        let cells = shown.rows().flat_map(Row::cells);
        assert!(cells.eq(frame.content.iter().map(|cell| (cell.symbol(), Pen::of(cell)))));
        let packed =
            shown.symbols.len() + shown.lengths.len() + size_of_val(&*shown.strokes) + size_of_val(&*shown.ends);
        assert!(packed * 10 < size_of_val(&*frame.content), "{packed} bytes");
    }
}
