//! The arguments of what a learner does: to play, to drill, to look at breaches.

use clap::{Args, ValueEnum};

use crate::course::Order;

/// How to play.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Play {
    /// Scenario id; what is open or comes next without
    pub(in crate::cli) scenario: Option<String>,
    /// Under exam rules: no hints, explained at the end
    #[arg(long)]
    pub(in crate::cli) exam: bool,
    #[command(flatten)]
    pub(in crate::cli) choices: Choices,
}

/// What is chosen by chance, for a script that needs the same every time.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Choices {
    /// Seed of the controls' order, and of what a drill draws
    #[arg(long, value_name = "N")]
    pub(in crate::cli) seed: Option<u64>,
    /// Order of the controls
    #[arg(long, default_value = "shuffled")]
    pub(in crate::cli) order: ControlOrder,
}

/// What to drill.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct DrillArgs {
    #[command(flatten)]
    pub(in crate::cli) about: About,
    #[command(flatten)]
    pub(in crate::cli) choices: Choices,
}

/// One thing that the rows are about.
#[derive(Clone, Debug, Args)]
#[group(multiple = false)]
pub(in crate::cli) struct About {
    /// Rows that tie to a threat; respline list threats has the ids
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) threat: Option<String>,
    /// Rows that offer a control showing a pitfall, such as managed-means-secured
    #[arg(long, value_name = "ID")]
    pub(in crate::cli) pitfall: Option<String>,
    /// Rows of a service model
    #[arg(long, value_name = "WORD", value_parser = ["iaas", "caas", "paas", "faas", "saas", "hybrid"])]
    pub(in crate::cli) model: Option<String>,
    /// Rows you answered wrongly
    #[arg(long)]
    pub(in crate::cli) weak: bool,
    /// Rows of any kind, as without an option
    #[arg(long)]
    pub(in crate::cli) mixed: bool,
}

/// Which breach, and which way round.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Breach {
    /// Scenario id, or SCENARIO/ROW for one row of it; the list of all without
    #[arg(value_name = "SCENARIO[/ROW]")]
    pub(in crate::cli) scenario: Option<String>,
    /// The other way round: from the headline find the row, the control and the side
    #[arg(long)]
    pub(in crate::cli) find: bool,
    /// Seed of the order of the headlines and the controls
    #[arg(long, value_name = "N")]
    pub(in crate::cli) seed: Option<u64>,
    /// Order of the controls
    #[arg(long, default_value = "shuffled")]
    pub(in crate::cli) order: ControlOrder,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ControlOrder {
    Authored,
    Shuffled,
}

impl From<ControlOrder> for Order {
    fn from(order: ControlOrder) -> Self {
        match order {
            ControlOrder::Authored => Self::Authored,
            ControlOrder::Shuffled => Self::Shuffled,
        }
    }
}
