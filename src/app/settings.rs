//! The settings: what can be chosen, how it is stored, and the look that comes of it.

use std::collections::BTreeMap;

use crate::course::Entry;

use super::{Action, Colours, Context, Goal, Look, Menu, Theme, area, menu::Entry as Line, page::glyphs};

/// The settings screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SettingsList {
    /// The settings, laid out, and which one is selected.
    pub menu: Menu,
}

/// One setting: its stored name, what the learner sees, and its values, the first meaning "as the terminal says".
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Name in records and in the configuration.
    pub name: &'static str,
    /// Name shown.
    pub title: &'static str,
    /// Values by stored word.
    pub values: &'static [&'static str],
    /// What it is for.
    pub about: &'static str,
}

/// Name of the setting that says in which zone dates are shown.
pub const ZONE: &str = "zone";

/// Every setting.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "theme",
        title: "Theme",
        values: &["auto", "dark", "light", "contrast"],
        about: "for a dark or light background",
    },
    Setting {
        name: "colours",
        title: "Colour depth",
        values: &["auto", "none", "16", "256", "true"],
        about: "none leaves bold and underline",
    },
    Setting {
        name: "ascii",
        title: "ASCII only",
        values: &["auto", "on", "off"],
        about: "letters in place of lines and marks",
    },
    Setting { name: "mouse", title: "Mouse", values: &["auto", "on", "off"], about: "off: select text with it" },
    Setting {
        name: "motion",
        title: "Reduced motion",
        values: &["auto", "on", "off"],
        about: "on: nothing moves by itself",
    },
    Setting { name: ZONE, title: "Time zone", values: ZONES, about: "auto: yours, or the class's" },
];

/// The zones to choose from: of each offset where many people live, one with its own rule for the clocks.
const ZONES: &[&str] = &[
    "auto",
    "class",
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "Europe/Istanbul",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Dhaka",
    "Asia/Jakarta",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
];

/// The look of a `terminal` under the learner's `settings`; values that are not known count as "auto".
pub fn look(terminal: Look, settings: &BTreeMap<String, String>) -> Look {
    let value = |name: &str| settings.get(name).map_or("auto", String::as_str);
    let switch = |name: &str, auto: bool| match value(name) {
        "on" => true,
        "off" => false,
        _ => auto,
    };
    Look {
        theme: theme(value("theme")).unwrap_or(terminal.theme),
        colours: colours(value("colours")).unwrap_or(terminal.colours),
        ascii: switch("ascii", terminal.ascii),
        mouse: switch("mouse", terminal.mouse),
        reduced_motion: switch("motion", terminal.reduced_motion),
    }
}

/// The theme of this name.
pub fn theme(name: &str) -> Option<Theme> {
    match name {
        "dark" => Some(Theme::Dark),
        "light" => Some(Theme::Light),
        "contrast" => Some(Theme::Contrast),
        _ => None,
    }
}

/// The colour depth of this name.
pub fn colours(name: &str) -> Option<Colours> {
    match name {
        "none" => Some(Colours::None),
        "16" => Some(Colours::Sixteen),
        "256" => Some(Colours::Palette),
        "true" => Some(Colours::True),
        _ => None,
    }
}

impl SettingsList {
    /// The settings as they are.
    pub(super) fn new(cx: &Context) -> Self {
        let mut list = Self::default();
        list.fit(cx);
        list
    }

    /// Lays the settings out for the size at hand.
    pub(super) fn fit(&mut self, cx: &Context) {
        let body = area::body(cx.size);
        let line = |setting: &Setting| Line {
            note: setting.about.to_owned(),
            ..Line::new(format!("{}: {}", setting.title, value(cx, setting)))
        };
        let lines: Vec<Line> = SETTINGS.iter().map(line).collect();
        self.menu.set(&lines, body.width.min(100), body.height, glyphs(cx));
    }

    /// Takes an action.
    pub(super) fn act(&mut self, cx: &mut Context, action: Action) -> Option<Goal> {
        match action {
            Action::Open => self.change(cx),
            Action::Choose(number) => {
                self.menu.at = usize::from(number).saturating_sub(1).min(SETTINGS.len() - 1);
                self.change(cx);
            }
            _ => self.menu.act(action),
        }
        None
    }

    fn change(&self, cx: &mut Context) {
        let Some(setting) = SETTINGS.get(self.menu.at) else { return };
        let now = value(cx, setting);
        let place = setting.values.iter().position(|word| *word == now).unwrap_or_default();
        let next = setting.values.get((place + 1) % setting.values.len()).copied().unwrap_or("auto");
        cx.record(Entry::Set { name: setting.name.to_owned(), value: next.to_owned() });
        cx.apply_settings();
    }
}

/// The value a setting has now.
pub fn value(cx: &Context, setting: &Setting) -> &'static str {
    let stored = cx.progress.settings.get(setting.name);
    setting.values.iter().find(|word| Some(**word) == stored.map(String::as_str)).copied().unwrap_or("auto")
}
