//! Where things are on the screen: pure functions of its size, called by update (to scroll) and by the view (to draw).

use super::Size;

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// First column.
    pub x: u16,
    /// First row.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Its width and height.
    pub const fn size(self) -> Size {
        Size { width: self.width, height: self.height }
    }
}

/// The smallest screen everything is legible on.
pub const SMALLEST: Size = Size { width: 40, height: 12 };

/// Widest line of running text: longer ones are hard to read back from.
const TEXT: u16 = 96;

/// From this width on there is room for two columns.
const WIDE: u16 = 120;

/// The screen is large enough to work on.
pub const fn fits(size: Size) -> bool {
    size.width >= SMALLEST.width && size.height >= SMALLEST.height
}

/// Title and rule above the body.
const HEAD: u16 = 2;

/// Notice and key bar below it.
const FOOT: u16 = 2;

const fn margin(size: Size) -> u16 {
    if size.width < 60 { 1 } else { 2 }
}

/// Everything between the title's rule and the notice line.
pub const fn body(size: Size) -> Area {
    let margin = margin(size);
    Area {
        x: margin,
        y: HEAD,
        width: size.width.saturating_sub(2 * margin),
        height: size.height.saturating_sub(HEAD + FOOT),
    }
}

/// A page's text within the body, and a side column for its outline where there is room.
pub fn page(size: Size) -> (Area, Option<Area>) {
    let body = body(size);
    if size.width < WIDE {
        return (Area { width: body.width.min(TEXT), ..body }, None);
    }
    let side = Area { width: 34, ..body };
    let text = Area { x: body.x + 38, width: body.width.saturating_sub(38).min(TEXT), ..body };
    (text, Some(side))
}

/// The two parts of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExerciseAreas {
    /// The picture of the stack.
    pub stack: Area,
    /// Question, story or explanation.
    pub pane: Area,
    /// The story under the stack, where there is room.
    pub aside: Option<Area>,
    /// They stand side by side, rather than one above the other.
    pub beside: bool,
}

/// What needs the room of an exercise most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Picture and text stand together.
    Shared,
    /// The story alone; the picture only where it stands beside.
    Story,
    /// The rows with their tasks, to choose from; the picture only where it stands beside.
    Rows,
    /// The picture, with a way drawn over it.
    Path,
}

/// Rows of text that a question with its controls takes on a screen of 80 columns.
const TEXT_ROWS: u16 = 10;

/// Rows of text that a step of a way takes on a screen of 80 columns, with the news above it.
const STEP_ROWS: u16 = 7;

/// Rows of the picture that show a way at all.
const PATH_ROWS: u16 = 3;

/// Lays an exercise out: side by side on a wide screen, the stack above the text elsewhere. The text keeps the
/// rows that a question needs, the stack shows as many of its rows as are left. The division does not change from step to
/// step, so that the picture stands still.
pub fn exercise(size: Size, rows: usize, room: Room) -> ExerciseAreas {
    let body = body(size);
    // The names of the sides take a row of their own.
    let wanted = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(1);
    if size.width >= WIDE {
        let width = (body.width / 2).min(84);
        let pane = Area { x: body.x + width + 4, width: body.width.saturating_sub(width + 4).min(TEXT), ..body };
        let left = Area { width, ..body };
        let below = Area { y: body.y + wanted + 1, height: body.height.saturating_sub(wanted + 1), ..left };
        let aside = Some(below).filter(|below| room != Room::Story && below.height >= TEXT_ROWS);
        let stack = Area { height: body.height.min(wanted), ..left };
        return ExerciseAreas { stack, pane, aside, beside: true };
    }
    let least = if body.height < 12 { 1 } else { 4 };
    let stack = match room {
        Room::Story | Room::Rows => {
            return ExerciseAreas { stack: Area { height: 0, ..body }, pane: body, aside: None, beside: false };
        }
        Room::Shared => wanted.min(body.height.saturating_sub(TEXT_ROWS + 1).max(least)),
        Room::Path => wanted.min(body.height.saturating_sub(STEP_ROWS + 1).max(PATH_ROWS)),
    };
    // One row for the rule between them.
    let pane = Area { y: body.y + stack + 1, height: body.height.saturating_sub(stack + 1), ..body };
    ExerciseAreas { stack: Area { height: stack, ..body }, pane, aside: None, beside: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_every_screen_that_fits_the_parts_lie_within_the_screen_and_apart() {
        for width in SMALLEST.width..=210 {
            for height in SMALLEST.height..=70 {
                let size = Size { width, height };
                for (rows, room) in
                    [(5, Room::Shared), (12, Room::Shared), (9, Room::Story), (9, Room::Rows), (12, Room::Path)]
                {
                    let parts = exercise(size, rows, room);
                    for part in [parts.stack, parts.pane].into_iter().chain(parts.aside) {
                        assert!(part.x + part.width <= width, "{size:?} {part:?}");
                        assert!(part.y + part.height <= height, "{size:?} {part:?}");
                    }
                    let below = parts.pane.y >= parts.stack.y + parts.stack.height;
                    assert!(parts.beside || below, "{size:?} {parts:?}");
                }
            }
        }
    }

    #[test]
    fn the_smallest_screen_leaves_room_for_a_question() {
        let parts = exercise(SMALLEST, 12, Room::Shared);
        assert!(parts.pane.height >= 6 && parts.stack.height >= 1, "{parts:?}");
    }
}
