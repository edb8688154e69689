//! The two sides of the line.

use serde::{Deserialize, Serialize};

/// Who must act for a layer to be right: one side, never "shared" (DESIGN section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Owner {
    /// Whoever rents the service: "in the cloud".
    Customer,
    /// Whoever runs the service: "of the cloud".
    Provider,
}

impl Owner {
    /// The word used in content files, in `--plain` and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Provider => "provider",
        }
    }

    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Customer => Self::Provider,
            Self::Provider => Self::Customer,
        }
    }
}
