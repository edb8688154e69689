//! Places in a layout that outlive it: where a reader is.

use super::{Layout, Row};

/// A place in a document, whatever its width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Place of the block.
    pub block: usize,
    /// Characters of the block before it, spaces and decoration not counted.
    pub offset: usize,
}

impl Layout {
    /// The first row of a block; the last row there is where the block is unknown.
    pub fn row_of_block(&self, block: usize) -> usize {
        self.block_starts.get(block).copied().unwrap_or(self.rows.len().saturating_sub(1))
    }

    /// Where a row begins.
    pub fn place(&self, row: usize) -> Place {
        let block = self.rows.get(row).map_or(0, |row| row.block);
        let before = self.rows.iter().take(row).skip(self.row_of_block(block));
        Place { block, offset: before.map(letters).sum() }
    }

    /// The row that holds a place: the same row at the same width.
    pub fn row_of(&self, place: Place) -> usize {
        let first = self.row_of_block(place.block);
        if place.offset == 0 {
            return first;
        }
        let mut before = 0;
        let starts = self.rows.iter().skip(first).take_while(|row| row.block == place.block).map(|row| {
            let start = before;
            before += letters(row);
            start
        });
        first + starts.take_while(|start| *start <= place.offset).count().saturating_sub(1)
    }
}

fn letters(row: &Row) -> usize {
    row.words().chars().filter(|char| !char.is_whitespace()).count()
}
