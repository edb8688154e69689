//! One key: the step of the state machine, the frame that follows it, and its bytes, measured apart.
//!
//! The floor of a frame is ratatui's own list drawn on a buffer of the same size.

#![expect(clippy::expect_used, reason = "a bench stops where something is wrong")]

use std::sync::Arc;

use divan::{Bencher, black_box};
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::Style,
    widgets::{Block, List, ListState, StatefulWidget},
};
use respline::{
    app::{Event, Goal, Input, Key, Look, Size, Start, State, update},
    course::{Order, Progress, Timestamp},
    store::{Cursor, Memory},
    terminal::{Direct, Engine, Library, Painter, Shelf},
    ui,
};

const USUAL: Size = Size { width: 80, height: 24 };
const LARGE: Size = Size { width: 200, height: 60 };
const NOW: Timestamp = Timestamp(0);

/// The scenario and the lesson that are shown.
const SCENARIO: &str = "web-app-on-containers";
const LESSON: &str = "8.1";

/// A screen that a key changes.
#[derive(Clone, Copy, Debug)]
enum Scene {
    Map,
    Lesson,
    Stack,
}

const SCENES: [(Scene, Size); 6] = [
    (Scene::Map, USUAL),
    (Scene::Map, LARGE),
    (Scene::Lesson, USUAL),
    (Scene::Lesson, LARGE),
    (Scene::Stack, USUAL),
    (Scene::Stack, LARGE),
];

fn main() {
    divan::main();
}

#[divan::bench(args = SCENES)]
fn step(bencher: Bencher<'_, '_>, scene: (Scene, Size)) {
    let state = state(scene);
    let input = Input::Key(key(scene.0));
    bencher
        .with_inputs(|| (state.clone(), Event { at: NOW, input: input.clone() }))
        .bench_local_values(|(state, event)| update(state, event));
}

#[divan::bench(args = SCENES)]
fn frame(bencher: Bencher<'_, '_>, scene: (Scene, Size)) {
    let state = state(scene);
    bencher.bench_local(|| ui::frame(black_box(&state)));
}

#[divan::bench(args = [USUAL, LARGE])]
fn frame_floor(bencher: Bencher<'_, '_>, size: Size) {
    let items: Vec<String> = (1..=size.height).map(|number| format!("Item {number} of a long list")).collect();
    let list = List::new(items).block(Block::bordered().title("List")).highlight_style(Style::new().reversed());
    let area = Rect::new(0, 0, size.width, size.height);
    bencher.bench_local(|| {
        let mut buffer = Buffer::empty(area);
        let mut state = ListState::default().with_selected(Some(1));
        StatefulWidget::render(black_box(&list), area, &mut buffer, &mut state);
        buffer
    });
}

#[divan::bench(args = SCENES)]
fn bytes(bencher: Bencher<'_, '_>, scene: (Scene, Size)) {
    let before = state(scene);
    let (after, _) = update(before.clone(), Event { at: NOW, input: Input::Key(key(scene.0)) });
    let look = before.cx.look;
    bencher
        .with_inputs(|| {
            let mut painter = Painter::default();
            painter.paint(ui::frame(&before), None, look);
            (painter, ui::frame(&after))
        })
        .bench_local_values(|(mut painter, frame)| painter.paint(frame, None, look));
}

const fn key(scene: Scene) -> Key {
    match scene {
        Scene::Map | Scene::Stack => Key::char('j'),
        Scene::Lesson => Key::char(' '),
    }
}

/// The state in which the scene is on the screen; the stack at its second question, where controls are listed.
fn state((scene, size): (Scene, Size)) -> State {
    let library = Library::embedded().expect("the shipped course opens");
    let goal = match scene {
        Scene::Map => Goal::Home,
        Scene::Lesson => Goal::Read { lesson: LESSON.into(), at: None },
        Scene::Stack => Goal::Practice(SCENARIO.into()),
    };
    let start = Start {
        size,
        look: Look { reduced_motion: true, ..Look::default() },
        now: NOW,
        course: library.course(),
        learner: "ann".into(),
        progress: Progress::default(),
        rooms: Vec::new(),
        zones: respline::app::Zones::UTC,
        origin: 1,
        order: Order::Authored,
        seed: Some(1),
        goal,
    };
    let shelf: Arc<dyn Shelf> = Arc::new(library);
    let mut engine =
        Engine::start(start, Box::new(Direct::new(Box::new(Memory::default()), "bench".into(), Cursor::START)), shelf);
    if matches!(scene, Scene::Stack) {
        for letter in ['s', 'c'] {
            engine.take(Input::Key(Key::char(letter)), NOW);
        }
    }
    engine.state().cloned().expect("it has begun")
}
