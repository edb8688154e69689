//! State -> buffer. A frame is a pure function of the state; `app` has laid everything out, this only places and colours it.

mod breach;
mod chrome;
mod exercise;
pub mod figure;
pub mod handout;
mod lists;
mod overlay;
mod page;
mod paint;
pub mod plain;
pub mod report;
mod theme;
mod watch;

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    app::{Overlay, Screen, State, area},
    document::{printable, width},
};

use paint::Canvas;

/// Draws the state on a buffer of its size.
pub fn frame(state: &State) -> Buffer {
    let size = state.cx.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    let mut canvas = Canvas::new(&mut buffer, &state.cx);
    if !area::fits(size) {
        chrome::too_small(&mut canvas, size);
        return buffer;
    }
    chrome::draw(&mut canvas, state);
    match &state.overlay {
        Some(overlay @ (Overlay::Help { .. } | Overlay::Search(_) | Overlay::Outline { .. })) => {
            overlay::draw(&mut canvas, state, overlay);
        }
        Some(Overlay::Find { .. } | Overlay::Ask(_)) | None => screen(&mut canvas, state),
    }
    chrome::notice(&mut canvas, state);
    buffer
}

fn screen(canvas: &mut Canvas<'_>, state: &State) {
    let body = area::body(state.cx.size);
    if let Some(cover) = state.cover() {
        canvas.rows(body, cover.pane.shown());
        return;
    }
    match state.screen() {
        Some(Screen::Home(home)) => lists::menu(canvas, body, &home.menu),
        Some(Screen::Page(page)) => page::draw(canvas, state, page),
        Some(Screen::Exercise(exercise)) => exercise::draw(canvas, state, exercise),
        Some(Screen::Breaches(list)) => lists::menu(canvas, body, &list.menu),
        Some(Screen::Replay(replay)) => breach::replay(canvas, state, replay),
        Some(Screen::Investigate(screen)) => breach::investigate(canvas, state, screen),
        Some(Screen::Compare(compare)) => exercise::draw_comparison(canvas, state, compare),
        Some(Screen::HandIn(list)) => lists::menu(canvas, body, &list.menu),
        Some(Screen::Drills(list)) => lists::menu(canvas, body, &list.menu),
        Some(Screen::Settings(list)) => lists::menu(canvas, body, &list.menu),
        Some(Screen::Watch(room)) => watch::draw(canvas, state, room),
        None => {}
    }
}

/// Where the cursor stands, as column and row; none where nothing is typed.
pub fn cursor(state: &State) -> Option<(u16, u16)> {
    let size = state.cx.size;
    let body = area::body(size);
    let (prompt, text, row) = match state.overlay.as_ref().filter(|_| area::fits(size))? {
        Overlay::Search(search) => (overlay::PROMPT, search.query.as_str(), body.y),
        Overlay::Find { needle } => (chrome::FIND, needle.as_str(), size.height - 2),
        Overlay::Ask(ask) if ask.takes_text() => {
            let typed = ask.rows(body.width).pop().unwrap_or_default();
            let columns = u16::try_from(width(&typed)).unwrap_or(u16::MAX);
            return Some((body.x + columns.min(body.width), size.height - 2));
        }
        Overlay::Help { .. } | Overlay::Outline { .. } | Overlay::Ask(_) => return None,
    };
    let columns = u16::try_from(width(prompt) + width(&printable(text))).unwrap_or(u16::MAX);
    Some((body.x + columns.min(body.width), row))
}
