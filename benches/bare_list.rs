//! The yardstick of the budgets: the least that a ratatui program with a list can be. `j` and `k` move, `q` quits.

use std::io;

use ratatui::{
    crossterm::event::{Event, KeyCode, read},
    style::Style,
    widgets::{Block, List, ListState},
};

fn main() -> io::Result<()> {
    // `cargo bench` without a name would run it too.
    if std::env::args().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let mut terminal = ratatui::init();
    let result = run(&mut terminal);
    ratatui::restore();
    result
}

fn run(terminal: &mut ratatui::DefaultTerminal) -> io::Result<()> {
    let items: Vec<String> = (1..=10).map(|number| format!("Item {number} of a list of ten")).collect();
    let list = List::new(items).block(Block::bordered().title("List")).highlight_style(Style::new().reversed());
    let mut state = ListState::default().with_selected(Some(0));
    loop {
        terminal.draw(|frame| frame.render_stateful_widget(&list, frame.area(), &mut state))?;
        if let Event::Key(key) = read()? {
            match key.code {
                KeyCode::Char('j') => state.select_next(),
                KeyCode::Char('k') => state.select_previous(),
                KeyCode::Char('q') => return Ok(()),
                _ => {}
            }
        }
    }
}
