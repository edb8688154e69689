//! Bracketed paste: text that must never be taken for commands.

/// The most of a paste that is kept; the rest is dropped.
pub(super) const LONGEST_PASTE: usize = 64 * 1024;

const END: &[u8] = b"\x1b[201~";

/// A paste under way.
#[derive(Debug, Default)]
pub(super) struct Paste {
    text: Vec<u8>,
    /// How much of [`END`] has been seen.
    matched: usize,
}

impl Paste {
    /// Takes a byte: the text, once its end has come, or the paste still under way.
    pub(super) fn take(mut self, byte: u8) -> Result<String, Self> {
        if END.get(self.matched) == Some(&byte) {
            self.matched += 1;
            return if self.matched == END.len() { Ok(self.cleaned()) } else { Err(self) };
        }
        self.keep(END.get(..self.matched).unwrap_or_default());
        // Only its first byte can begin the end anew: an escape stands nowhere else in it.
        self.matched = usize::from(END.first() == Some(&byte));
        if self.matched == 0 {
            self.keep(&[byte]);
        }
        Err(self)
    }

    fn keep(&mut self, bytes: &[u8]) {
        let room = LONGEST_PASTE.saturating_sub(self.text.len());
        self.text.extend(bytes.iter().take(room));
    }

    /// The text on one line: breaks and tabs become spaces, so that words stay apart, and other controls are dropped.
    fn cleaned(&self) -> String {
        let text: String = self.text.utf8_chunks().map(|chunk| chunk.valid()).collect();
        let one_line = text.replace("\r\n", " ").replace(['\r', '\n', '\t'], " ");
        one_line.chars().filter(|char| !char.is_control()).collect()
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.text.len()
    }
}
