//! No size breaks a screen.

use std::ops::RangeInclusive;

use respline::app::{Input, Look, Size, area};

use super::support::{
    packs,
    tour::{Stand, everywhere},
};

#[test]
fn every_screen_is_drawn_at_every_size_up_to_sixty_by_twenty() {
    draw(Look::default(), 1..=20);
}

#[test]
fn every_screen_is_drawn_in_ascii_at_every_width_up_to_sixty() {
    draw(Look { ascii: true, ..Look::default() }, 11..=12);
}

fn draw(look: Look, heights: RangeInclusive<u16>) {
    let mut opening = packs::opening(packs::small());
    opening.look = Look { reduced_motion: true, ..look };
    for Stand { name, mut program } in everywhere(&opening, "1.1", "db-hand") {
        for (width, height) in (1..=60).flat_map(|width| heights.clone().map(move |height| (width, height))) {
            let size = Size { width, height };
            program.take(Input::Resize(size));
            let frame = program.frame();
            assert_eq!((frame.area.width, frame.area.height), (width, height), "{name}");
            let first = program.screen().swap_remove(0);
            assert_eq!("respline needs 40x12".starts_with(&first), !area::fits(size), "{name} {size:?}: {first}");
        }
    }
}
