//! The state machine: `update(State, Event) -> (State, Vec<Effect>)`, the key table, and one file per screen.
//!
//! Layout is state: geometry (`area`) and laid-out rows are made here, so that scrolling is right in the same step, and the
//! view only colours them.

mod action;
pub mod area;
mod attempts;
pub mod breach;
mod compare;
mod context;
mod elsewhere;
mod event;
mod exercise;
mod goal;
mod hand_in;
pub mod help;
mod home;
mod key;
pub mod key_bar;
pub mod keymap;
pub mod ladder;
mod look;
mod menu;
mod moving;
mod onward;
mod overlay;
mod page;
pub mod pages;
mod pane;
mod question;
mod recorder;
mod reload;
mod room;
mod route;
pub mod settings;
pub mod stack;
mod state;
mod update;

pub use action::{Action, Group, Scope};
pub use breach::{BreachList, BreachRow, Investigate, Replay};
pub use compare::{Compare, Shown};
pub use context::Context;
pub use event::{Effect, Event, Holds, Input, Size};
pub use exercise::Exercise;
pub use goal::{Goal, lock_words};
pub use hand_in::{HandIn, HandInRow};
pub use help::HelpLine;
pub use home::{Home, HomeRow, Item, Mark};
pub use key::{Key, KeyCode};
pub use look::{Colours, Look, Theme};
pub use menu::Menu;
pub use overlay::{Hit, Overlay, Search};
pub use page::{Page, PageKind};
pub use pane::Pane;
pub use recorder::Recorder;
pub use reload::Text;
pub use room::Room;
pub use settings::SettingsList;
pub use state::{Screen, Start, State};
pub use update::update;
