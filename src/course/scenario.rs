//! A scenario: a story about one service in one mode, and the stack of duties it leaves to be assigned.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Owner;

/// Eight bytes of SHA-256: enough to tell that a layer's text has changed since it was answered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Digest(#[serde(with = "hex64")] pub u64);

impl Digest {
    /// Digest of `parts`, each ended by a byte that cannot stand in text, so that moving a boundary changes the digest.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part.as_bytes());
            hash.update([0xff]);
        }
        let bytes = hash.finalize();
        Self(bytes.iter().take(8).fold(0, |sum, byte| (sum << 8) | u64::from(*byte)))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes a `u64` as sixteen hex digits: JSON numbers lose precision past 2^53.
pub(crate) mod hex64 {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
    pub(crate) fn serialize<S: Serializer>(value: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{value:016x}"))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        let text = String::deserialize(from)?;
        u64::from_str_radix(&text, 16).map_err(D::Error::custom)
    }
}

/// The service model a scenario is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Model {
    /// Plain virtual machines.
    Iaas,
    /// Containers on a managed platform.
    Caas,
    /// A managed platform or database.
    Paas,
    /// Functions.
    Faas,
    /// Software as a service.
    Saas,
    /// Partly on the customer's own premises.
    Hybrid,
}

impl Model {
    /// Every model, from the one that leaves most to the customer to the one that leaves least, then hybrid.
    pub const ALL: [Self; 6] = [Self::Iaas, Self::Caas, Self::Paas, Self::Faas, Self::Saas, Self::Hybrid];

    /// The word used in content files and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Iaas => "iaas",
            Self::Caas => "caas",
            Self::Paas => "paas",
            Self::Faas => "faas",
            Self::Saas => "saas",
            Self::Hybrid => "hybrid",
        }
    }

    /// The name shown to the learner.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iaas => "IaaS",
            Self::Caas => "containers",
            Self::Paas => "PaaS",
            Self::Faas => "functions",
            Self::Saas => "SaaS",
            Self::Hybrid => "hybrid",
        }
    }
}

/// Whose cloud the story is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cloud {
    /// True of any provider.
    Any,
    /// Amazon Web Services.
    Aws,
    /// Microsoft Azure and Microsoft 365.
    Azure,
    /// Google Cloud.
    Gcp,
}

impl Cloud {
    /// Every cloud, `any` first.
    pub const ALL: [Self; 4] = [Self::Any, Self::Aws, Self::Azure, Self::Gcp];

    /// The word used in content files and JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Aws => "aws",
            Self::Azure => "azure",
            Self::Gcp => "gcp",
        }
    }

    /// The name shown to the learner.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "any cloud",
            Self::Aws => "AWS",
            Self::Azure => "Azure",
            Self::Gcp => "Google Cloud",
        }
    }
}

/// A story and its stack, as read from `scenarios/<id>.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// Stable id, equal to the file's stem.
    pub id: String,
    /// Title shown to the learner.
    pub title: String,
    /// Lesson it belongs to, `8.1`.
    pub lesson: String,
    /// 1 spelled out, 2 service and setting named, 3 artefacts only.
    pub level: u8,
    /// Service model.
    pub model: Model,
    /// Whose cloud.
    pub cloud: Cloud,
    /// Scenarios of one ladder are one system under different modes.
    pub ladder: Option<String>,
    /// The story, in Markdown.
    pub story: String,
    /// Where its facts come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Top of the stack first; 5 to 12.
    #[serde(rename(deserialize = "layer"))]
    pub layers: Vec<Layer>,
}

impl Scenario {
    /// The layer with this id and its place in the stack.
    pub fn layer(&self, id: &str) -> Option<(usize, &Layer)> {
        self.layers.iter().enumerate().find(|(_, layer)| layer.id == id)
    }

    /// The ids of its layers, top of the stack first.
    pub fn layer_ids(&self) -> Vec<String> {
        self.layers.iter().map(|layer| layer.id.clone()).collect()
    }

    /// How many scored layers belong to `owner`.
    pub fn count(&self, owner: Owner) -> usize {
        self.layers.iter().filter(|layer| layer.owner == owner && !layer.contested).count()
    }

    /// The layers that have a breach, with their places, top of the stack first; nobody can say whose a disputed one is.
    pub fn incidents(&self) -> impl Iterator<Item = (usize, &Layer, &Breach)> {
        let layers = self.layers.iter().enumerate().filter(|(_, layer)| !layer.contested);
        layers.filter_map(|(place, layer)| Some((place, layer, layer.breach.as_ref()?)))
    }

    /// The other half of a paired layer.
    pub fn other_half(&self, layer: &Layer) -> Option<&Layer> {
        let pair = layer.pair.as_ref()?;
        self.layers.iter().find(|other| other.pair.as_ref() == Some(pair) && other.id != layer.id)
    }
}

/// One verb-first task with one owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    /// Stable id within the scenario.
    pub id: String,
    /// Short name for the picture of the stack; the subject in words where the author gave none.
    #[serde(default)]
    pub label: String,
    /// Canonical subject, shared by all rows about the same thing.
    pub subject: String,
    /// The duty.
    pub task: String,
    /// Who carries it in the stated mode.
    pub owner: Owner,
    /// Threat that follows when this row is wrong.
    pub threat: Option<String>,
    /// Shared by the two halves of a topic usually drawn as shared.
    pub pair: Option<String>,
    /// Disputed among experts: discussed, never scored.
    #[serde(default)]
    pub contested: bool,
    /// Why the owner is the owner, in this mode (Markdown).
    pub why: String,
    /// A nudge, then the rule.
    #[serde(default)]
    pub hints: Vec<String>,
    /// Three to five answers, exactly one correct.
    #[serde(rename(deserialize = "control"))]
    pub controls: Vec<Control>,
    /// What follows when the row is left open, or fails.
    pub breach: Option<Breach>,
}

impl Layer {
    /// Place of the right control in file order.
    pub fn right_control(&self) -> usize {
        self.controls.iter().position(|control| control.correct).unwrap_or_default()
    }

    /// The text of the right control: "the decision" of the debrief.
    pub fn decision(&self) -> &str {
        self.controls.iter().find(|control| control.correct).map_or("", |control| &control.text)
    }

    /// What was asked, so that a record can tell whether the question has changed since.
    ///
    /// The key is left out on purpose: the digest stands in exam records, and with two possible owners it would tell.
    /// So is the breach, which is told and not asked.
    pub fn digest(&self) -> Digest {
        let controls = self.controls.iter().map(|control| control.text.as_str());
        Digest::of([self.id.as_str(), &self.task].into_iter().chain(controls))
    }
}

/// One answer to "what is left for you to do about this row?".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Control {
    /// What would be done.
    pub text: String,
    /// The one right answer of its layer.
    #[serde(default)]
    pub correct: bool,
    /// The pitfall that choosing it shows.
    pub trap: Option<String>,
    /// Why it is right or wrong here.
    pub why: String,
}

/// What follows from a row left open: the news of it, and the way over the stack that led there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// What the world hears of it.
    pub headline: String,
    /// From the row left open to what the attacker wanted; 2 to 5.
    #[serde(rename(deserialize = "step"))]
    pub steps: Vec<BreachStep>,
}

/// One step of a breach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreachStep {
    /// Id of the layer where it happens.
    pub at: String,
    /// What happens there.
    pub text: String,
}
