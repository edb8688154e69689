//! A scenario as a script sees it: read from its TOML, with nothing of the program in between.

use std::{fs, path::Path};

use toml::{Table, Value};

pub(crate) struct Scenario {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) layers: Vec<Layer>,
}

pub(crate) struct Layer {
    /// `c` or `p`.
    pub(crate) owner: &'static str,
    /// Whether each control is right, in file order.
    controls: Vec<bool>,
    /// Each control's text.
    pub(crate) texts: Vec<String>,
    scored: bool,
}

impl Layer {
    fn of(table: &Value) -> Self {
        let controls = table["control"].as_array().expect("controls");
        Self {
            owner: if table["owner"].as_str() == Some("customer") { "c" } else { "p" },
            controls: controls.iter().map(|control| control.get("correct") == Some(&Value::Boolean(true))).collect(),
            texts: controls.iter().map(|control| control["text"].as_str().expect("a text").to_owned()).collect(),
            scored: table.get("contested").is_none(),
        }
    }

    /// Owner and number of the control that are right.
    pub(crate) fn right(&self) -> [String; 2] {
        [self.owner.to_owned(), self.number(true)]
    }

    /// Owner and number of a control that are both wrong.
    pub(crate) fn wrong(&self) -> [String; 2] {
        [if self.owner == "c" { "p" } else { "c" }.to_owned(), self.number(false)]
    }

    fn number(&self, right: bool) -> String {
        let place = self.controls.iter().position(|correct| *correct == right).expect("both kinds are there");
        (place + 1).to_string()
    }

    /// The right control's text.
    pub(crate) fn decision(&self) -> &str {
        let place = self.controls.iter().position(|correct| *correct).expect("one is right");
        &self.texts[place]
    }
}

impl Scenario {
    pub(crate) fn read(path: &Path) -> Self {
        let table: Table = fs::read_to_string(path).expect("it is text").parse().expect("it is TOML");
        let layers = table["layer"].as_array().expect("layers");
        Self {
            id: table["id"].as_str().expect("an id").to_owned(),
            title: table["title"].as_str().expect("a title").to_owned(),
            layers: layers.iter().map(Layer::of).collect(),
        }
    }

    /// Every scenario of a pack.
    pub(crate) fn all(pack: &Path) -> Vec<Self> {
        let entries = fs::read_dir(pack.join("scenarios")).expect("they are there");
        let mut all: Vec<Self> = entries.map(|entry| Self::read(&entry.expect("it can be read").path())).collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }

    pub(crate) fn points(&self) -> usize {
        2 * self.layers.iter().filter(|layer| layer.scored).count()
    }

    pub(crate) fn all_right(&self) -> Vec<String> {
        self.layers.iter().flat_map(Layer::right).collect()
    }

    pub(crate) fn all_wrong(&self) -> Vec<String> {
        self.layers.iter().flat_map(Layer::wrong).collect()
    }
}

/// Lines as the program is given them.
pub(crate) fn lines(owned: &[String]) -> Vec<&str> {
    owned.iter().map(String::as_str).collect()
}
