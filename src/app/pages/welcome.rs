//! What a learner reads at the first start, and never again.

use crate::course::Course;

/// The welcome: what this is, how it works, what is kept.
pub fn welcome(course: &Course) -> String {
    let title = &course.title;
    format!(
        "# Welcome\n\n\
         This is **respline**, and the course is *{title}*. It teaches one skill: to look at any cloud service and say, \
         layer by layer, who must act for it to be safe, you or the provider.\n\n\
         - **Read** a lesson. It takes about a quarter of an hour and keeps your place.\n\
         - **Work** through scenarios. For each layer you choose a side, then the control that is left for you, and you are \
         told why at once.\n\
         - **Pass** the checkpoint at the end of a lesson. It opens the next one.\n\n\
         Every answer is saved before you see its explanation. Leave at any moment, even by closing the window: you will \
         find everything where it was.\n\n\
         The keys that matter are on the last line. `?` shows all of them.\n"
    )
}
