//! The words of an investigation: its questions, what there is to choose from, and its explanations.

use crate::{
    app::{
        Context, Pane,
        page::glyphs,
        pages,
        question::{choice, markdown, sides, unsaved},
    },
    course::Lead,
    document::Row,
};

use super::Investigate;

impl Investigate {
    /// The question at hand with its answers, laid out; where it is `roomy`, below the news.
    pub(super) fn text(&self, cx: &Context, width: u16, roomy: bool) -> Pane {
        let mut pane = Pane::default();
        if let Some(why) = &self.unsaved {
            pane.layout.rows = markdown(cx, width, &unsaved(why));
        } else if self.story {
            pane.layout.rows = markdown(cx, width, &pages::story(&self.run.scenario));
        } else {
            let asked = self.asked(cx);
            pane.layout.rows = markdown(cx, width, &if roomy { self.with_news(asked) } else { asked });
            self.answers(&mut pane, cx, width);
        }
        pane
    }

    /// The questions about the row below the news, where there is room for both.
    fn with_news(&self, asked: String) -> String {
        match (self.run.lead(), self.run.incident()) {
            (Lead::Control | Lead::Side, Some((_, breach))) => format!("{}\n{asked}", pages::headline(breach)),
            _ => asked,
        }
    }

    /// The question at hand, or its explanation.
    pub fn asked(&self, cx: &Context) -> String {
        let Some((layer, breach)) = self.run.incident() else { return String::new() };
        let scenario = &self.run.scenario;
        let traced = self.run.finding().map(|finding| pages::traced(scenario, layer, finding)).unwrap_or_default();
        let news = pages::headline(breach);
        match self.run.lead() {
            Lead::Row => format!("{news}\nWhich row failed?\n"),
            Lead::Control => format!("{traced}\n\n{}\n", pages::controls_heading()),
            Lead::Side => format!("*{}.* {}.\n\n{}\n", layer.label, layer.task, pages::SIDE),
            Lead::Explained | Lead::Done => self.explanation(cx),
        }
    }

    fn explanation(&self, cx: &Context) -> String {
        let (Some(incident), Some(finding)) = (self.run.incident(), self.run.finding()) else { return String::new() };
        let Some(resolution) = &finding.resolution else { return String::new() };
        pages::resolved(&cx.course, &self.run.scenario, incident, (finding, resolution))
    }

    /// Below a question: what there is to choose from.
    fn answers(&self, pane: &mut Pane, cx: &Context, width: u16) {
        match self.run.lead() {
            Lead::Row | Lead::Control => {
                pane.layout.rows.push(Row::default());
                for (place, words) in self.choices().iter().enumerate() {
                    let first = pane.layout.rows.len();
                    pane.layout.rows.extend(choice(place, self.selected == place, false, words, cx, width));
                    pane.choices.push((first, pane.layout.rows.len().saturating_sub(1)));
                }
            }
            Lead::Side => {
                pane.layout.rows.push(Row::default());
                pane.layout.rows.push(sides(glyphs(cx), self.side));
            }
            Lead::Explained | Lead::Done => {}
        }
    }

    /// What there is to choose from, in words.
    pub fn choices(&self) -> Vec<String> {
        match self.run.lead() {
            Lead::Row => {
                self.run.scenario.layers.iter().map(|layer| format!("**{}**: {}", layer.label, layer.task)).collect()
            }
            Lead::Control => {
                let controls = self.run.incident().map_or(&[][..], |(layer, _)| &layer.controls);
                self.run.offered().into_iter().filter_map(|place| Some(controls.get(place)?.text.clone())).collect()
            }
            Lead::Side | Lead::Explained | Lead::Done => Vec::new(),
        }
    }

    /// The words on the screen that the glossary may explain.
    pub(in crate::app) fn words(&self, cx: &Context) -> String {
        let asked = [self.run.scenario.story.clone(), self.asked(cx)].into_iter().chain(self.choices());
        asked.collect::<Vec<_>>().join("\n")
    }
}
