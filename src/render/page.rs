//! Lines, headings, and paragraphs that fit the terminal.

use textwrap::core::display_width;
use textwrap::{WordSplitter, wrap};

use crate::render::Options;
use crate::render::links::linked;
use crate::render::style::{Style, Tone};

/// The text grows from top to bottom.
pub(crate) struct Page {
    out: String,
    pub(crate) style: Style,
    pub(crate) width: usize,
    prose: usize,
    links: bool,
}

impl Page {
    pub(crate) fn new(options: &Options) -> Self {
        let width = options.width.max(40);
        Self {
            out: String::new(),
            style: options.style(),
            width,
            prose: width.min(options.prose),
            links: options.links,
        }
    }

    pub(crate) fn finish(self) -> String {
        if self.links { linked(&self.out) } else { self.out }
    }

    pub(crate) fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// The lines so far.
    pub(crate) fn height(&self) -> usize {
        self.out.lines().count()
    }

    /// The lines that a paragraph with its label takes.
    pub(crate) fn lines_of(&self, text: &str) -> usize {
        self.wrapped(text, 4).len()
    }

    /// Pieces on one line, however long it gets.
    pub(crate) fn unbroken(&mut self, pieces: &[(Option<Tone>, String)]) {
        let painted: Vec<String> =
            pieces.iter().map(|(tone, text)| self.tone(*tone, text)).collect();
        self.line(&painted.join(" "));
    }

    /// Pieces that follow each other, and keep their looks wherever a line breaks.
    pub(crate) fn toned(&mut self, pieces: &[(Option<Tone>, String)]) {
        let words = |(tone, text): &(Option<Tone>, String)| {
            let tone = *tone;
            let words: Vec<String> = text.split(' ').map(ToOwned::to_owned).collect();
            words.into_iter().map(move |word| (tone, word))
        };
        let mut words = pieces.iter().flat_map(words);
        let whole: Vec<&str> = pieces.iter().map(|(_, text)| text.as_str()).collect();
        for (i, line) in self.wrapped(&whole.join(" "), 2).iter().enumerate() {
            let mut runs: Vec<(Option<Tone>, String)> = Vec::new();
            for (tone, word) in words.by_ref().take(line.split(' ').count()) {
                match runs.last_mut() {
                    Some((last, run)) if *last == tone => *run = format!("{run} {word}"),
                    _ => runs.push((tone, word)),
                }
            }
            let painted: Vec<String> =
                runs.iter().map(|(tone, run)| self.tone(*tone, run)).collect();
            let indent = if i == 0 { "" } else { "  " };
            self.line(&format!("{indent}{}", painted.join(" ")));
        }
    }

    fn tone(&self, tone: Option<Tone>, text: &str) -> String {
        tone.map_or_else(|| text.to_owned(), |tone| self.style.paint(tone, text))
    }

    /// A paragraph that begins with a label; further lines are indented by four.
    pub(crate) fn hanging(&mut self, label: &str, tone: Tone, text: &str) {
        let words = label.split(' ').count();
        for (i, line) in self.wrapped(&format!("{label} {text}"), 4).iter().enumerate() {
            if i > 0 {
                self.line(&format!("    {line}"));
                continue;
            }
            let at = line.match_indices(' ').nth(words - 1).map_or(line.len(), |(at, _)| at);
            let (label, rest) = line.split_at(at);
            self.line(&format!("  {}{rest}", self.style.paint(tone, label)));
        }
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
        let indent = display_width(label);
        let painted = self.style.paint(tone, label);
        for (i, line) in self.wrapped(text, indent).iter().enumerate() {
            let lead = if i == 0 { painted.clone() } else { " ".repeat(indent) };
            self.line(&format!("{lead}{line}"));
        }
    }

    /// A paragraph.
    pub(crate) fn text(&mut self, indent: usize, tone: Option<Tone>, text: &str) {
        for line in self.wrapped(text, indent) {
            self.line(&format!("{}{}", " ".repeat(indent), self.tone(tone, &line)));
        }
    }

    /// Short facts beside each other, as many as a line holds.
    pub(crate) fn parts(&mut self, indent: usize, tone: Tone, parts: &[String]) {
        let dot = self.style.pick(" · ", " | ");
        let width = self.prose.saturating_sub(indent);
        let mut line = String::new();
        for part in parts {
            let joined = format!("{line}{dot}{part}");
            if line.is_empty() {
                line.clone_from(part);
            } else if display_width(&joined) <= width {
                line = joined;
            } else {
                self.text(indent, Some(tone), &std::mem::replace(&mut line, part.clone()));
            }
        }
        self.text(indent, Some(tone), &line);
    }

    fn wrapped(&self, text: &str, indent: usize) -> Vec<String> {
        // Long words stay whole: ids, paths, and commands are there to be copied.
        let options = textwrap::Options::new(self.prose.saturating_sub(indent).max(20))
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
    }
}
