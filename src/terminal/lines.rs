//! The conversation in lines (`--plain`): a question on standard output, an answer a line at a time from standard input.
//!
//! No cursor movement, no raw mode, no colour. The end of input leaves; everything is stored already.

use std::io::{self, BufRead, Read, Write};

use crate::{
    app::{Action, Input},
    course::Timestamp,
    ui::plain::{Plain, Reply, Run, reply},
};

use super::Engine;

/// Longest line that is read, in bytes: an answer is a word.
const LONGEST: u64 = 4096;

/// Holds the conversation of `engine` until the learner leaves, the input ends or the run is over.
///
/// # Errors
/// When the output cannot be written or the input cannot be read.
pub fn run(
    mut engine: Engine,
    run: Run,
    input: &mut impl BufRead,
    output: &mut impl Write,
    clock: &impl Fn() -> Timestamp,
) -> io::Result<()> {
    let mut plain = Plain::new(run);
    while !tell(&mut engine, &mut plain, output, clock)? {
        let inputs = match read(input)? {
            Some(line) => answer(&engine, &mut plain, &line, input, output)?,
            None => vec![Input::Act(Action::Quit)],
        };
        leaving(&engine, &plain, &inputs, output)?;
        for input in inputs {
            engine.take(input, clock());
        }
        // After the answer: it was given to the text that was told.
        if engine.look(clock()) {
            plain.forget();
        }
    }
    // Where the run is over before the learner leaves, leaving is what keeps the place in a lesson.
    if !engine.ended() {
        engine.take(Input::Act(Action::Quit), clock());
    }
    Ok(())
}

/// Tells what is new and does what needs no answer; true when the conversation is over.
fn tell(
    engine: &mut Engine,
    plain: &mut Plain,
    output: &mut impl Write,
    clock: &impl Fn() -> Timestamp,
) -> io::Result<bool> {
    while !engine.ended() {
        let Some(state) = engine.state() else { break };
        let turn = plain.turn(state);
        output.write_all(turn.text.as_bytes())?;
        output.flush()?;
        match turn.auto {
            Some(action) => engine.take(Input::Act(action), clock()),
            None => return Ok(turn.end),
        }
    }
    Ok(true)
}

/// What the learner wants, asked again until it is something.
fn answer(
    engine: &Engine,
    plain: &mut Plain,
    line: &str,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<Vec<Input>> {
    let Some(state) = engine.state() else { return Ok(Vec::new()) };
    let mut line = line.to_owned();
    loop {
        match reply(state, &line) {
            Reply::Do(inputs) => return Ok(inputs),
            Reply::Say(words) => write!(output, "{words}{}", plain.again(state))?,
        }
        output.flush()?;
        match read(input)? {
            Some(next) => line = next,
            None => return Ok(vec![Input::Act(Action::Quit)]),
        }
    }
}

/// Says how far a scenario has come that is being left.
fn leaving(engine: &Engine, plain: &Plain, inputs: &[Input], output: &mut impl Write) -> io::Result<()> {
    let leaves = inputs.iter().any(|input| matches!(input, Input::Act(Action::Back | Action::Quit)));
    let left = engine.state().filter(|_| leaves).and_then(|state| plain.left(state));
    output.write_all(left.unwrap_or_default().as_bytes())
}

/// The next line; none at the end of the input. What is longer than an answer can be is cut, invalid bytes are replaced.
fn read(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    input.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
    if line.len() as u64 == LONGEST {
        input.skip_until(b'\n')?;
    }
    Ok((!line.is_empty()).then(|| String::from_utf8_lossy(&line).into_owned()))
}
