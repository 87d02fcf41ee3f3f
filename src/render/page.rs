//! Lines, headings, and paragraphs that fit the terminal.

use textwrap::{WordSplitter, wrap};

use crate::render::Options;
use crate::render::style::{Style, Tone};

/// The text grows from top to bottom.
pub(crate) struct Page {
    out: String,
    pub(crate) style: Style,
    pub(crate) width: usize,
}

impl Page {
    pub(crate) fn new(options: &Options) -> Self {
        Self { out: String::new(), style: options.style(), width: options.width.max(40) }
    }

    pub(crate) fn finish(self) -> String {
        self.out
    }

    pub(crate) fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    pub(crate) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A heading, set off from what stands above.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blank();
        let text = self.style.paint(Tone::Strong, text);
        self.line(&text);
    }

    /// A paragraph behind a label; further lines stand below the first one's text.
    pub(crate) fn labelled(&mut self, label: &str, tone: Tone, text: &str) {
        let indent = textwrap::core::display_width(label);
        let painted = self.style.paint(tone, label);
        for (i, line) in self.wrapped(text, indent).iter().enumerate() {
            let lead = if i == 0 { painted.clone() } else { " ".repeat(indent) };
            self.line(&format!("{lead}{line}"));
        }
    }

    /// A paragraph.
    pub(crate) fn text(&mut self, indent: usize, tone: Option<Tone>, text: &str) {
        for line in self.wrapped(text, indent) {
            let line = tone.map_or_else(|| line.clone(), |tone| self.style.paint(tone, &line));
            self.line(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    fn wrapped(&self, text: &str, indent: usize) -> Vec<String> {
        // Long words stay whole: ids, paths, and commands are there to be copied.
        let options = textwrap::Options::new(self.width.saturating_sub(indent).max(20))
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
    }
}
