//! How the learner wants the screen to look.

/// Colours a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None: `NO_COLOR`, a dumb terminal.
    None,
    /// The sixteen named ones.
    #[default]
    Sixteen,
    /// The palette of 256.
    Palette,
    /// 24 bits.
    True,
}

/// A set of colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Light text on dark.
    #[default]
    Dark,
    /// Dark text on light.
    Light,
    /// The strongest contrast, black and white with bold.
    Contrast,
}

/// Everything a frame needs to know about looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Set of colours.
    pub theme: Theme,
    /// Depth of colour.
    pub colours: Colours,
    /// Only ASCII characters are drawn.
    pub ascii: bool,
    /// Clicks and the wheel are reported.
    pub mouse: bool,
    /// Nothing moves by itself.
    pub reduced_motion: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { theme: Theme::Dark, colours: Colours::Sixteen, ascii: false, mouse: true, reduced_motion: false }
    }
}
