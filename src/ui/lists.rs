//! Lists to choose from.

use crate::app::{Menu, area::Area};

use super::{paint::Canvas, theme::Tone};

/// The entries in sight, the selected one pointed at.
pub(super) fn menu(canvas: &mut Canvas<'_>, area: Area, menu: &Menu) {
    canvas.rows(area, menu.pane.shown());
    let Some((first, last)) = menu.selected_rows() else { return };
    let rows = menu.pane.shown().iter().enumerate().skip(first).take(last + 1 - first);
    for ((place, row), y) in rows.zip(area.y + u16::try_from(first).unwrap_or_default()..area.y + area.height) {
        canvas.selected(Area { y, height: 1, ..area }, row);
        if place == first {
            let pointer = canvas.pick("▸", ">");
            canvas.write(area.x, y, pointer, 1, Tone::Selected);
        }
    }
}
