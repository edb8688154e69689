//! The binary on a real terminal: whatever happens to the terminal, it is given back, and nothing is left running.

#[cfg(test)]
mod support;

use std::{
    io::Write,
    thread,
    time::{Duration, Instant},
};

use portable_pty::CommandBuilder;
use rustix::process::Signal;
use support::{
    process::{end, eventually, is_running, only_child, rests},
    pty::{Pty, Shown},
};

const SIZE: (u16, u16) = (80, 24);

/// How soon a program must be gone once its terminal is.
const SOON: Duration = Duration::from_secs(10);

fn is_given_back(shown: &Shown) -> bool {
    let screen = shown.screen();
    !screen.alternate_screen()
        && !screen.hide_cursor()
        && !screen.bracketed_paste()
        && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
}

#[test]
fn a_signal_that_ends_it_gives_the_terminal_back() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let mut pty = Pty::start(&[], SIZE);
        pty.wait_drawn().signal(signal);
        assert_eq!(pty.wait_exit(), code);
        assert!(pty.look(is_given_back), "{signal:?}");
    }
}

#[test]
fn the_line_is_edited_by_the_terminal_again_after_it() {
    let mut pty = Pty::script("$respline; stty -a", SIZE);
    pty.wait_drawn();
    end(only_child(pty.pid()));
    pty.wait_exit();
    let modes = pty.screen();
    for mode in ["icanon", "isig", "echo", "opost", "icrnl"] {
        assert!(modes.split_whitespace().any(|word| word == mode), "{mode} is off:\n{modes}");
    }
}

#[test]
fn a_hang_up_ends_it() {
    let mut pty = Pty::start(&[], SIZE);
    pty.wait_drawn();
    // The test's own end of the terminal types ctrl-d as it closes: the program heeds that or the hang-up, whichever it
    // meets first.
    let code = pty.hang_up().wait_exit_within(SOON);
    assert!(code == 129 || code == 0, "{code}");
}

#[test]
fn the_signal_of_a_hang_up_ends_it_with_its_number() {
    let mut pty = Pty::start(&[], SIZE);
    pty.wait_drawn();
    pty.signal(rustix::process::Signal::HUP);
    assert_eq!(pty.wait_exit_within(SOON), 129);
}

#[test]
fn a_hang_up_ends_it_also_where_nobody_sends_the_signal() {
    // The kernel tells only the leader of the session, the shell.
    let mut pty = Pty::script("trap '' HUP; $respline; :", SIZE);
    pty.wait_drawn();
    let child = only_child(pty.pid());
    pty.hang_up();
    assert!(eventually(SOON, || !is_running(child)), "it outlives its terminal");
}

#[test]
fn a_suspended_program_gives_the_terminal_to_the_shell_and_takes_it_back() {
    let mut pty = Pty::script("set -m; $respline; echo stopped; read line; fg >/dev/null; echo code $?", SIZE);
    pty.wait_drawn();
    let before = pty.screen();
    pty.send("\x1a");
    pty.wait_for("stopped").look(|shown| assert!(is_given_back(shown)));
    let is_back = |shown: &Shown| shown.screen().alternate_screen() && shown.screen().contents() == before;
    pty.send("\n").wait_until("the frame", is_back).wait_drawn().look(|shown| assert_eq!(repaints(shown), 2));
    end(only_child(pty.pid()));
    pty.wait_exit();
    assert!(pty.screen().contains("code 143"), "{}", pty.screen());
}

/// How often the screen was painted whole.
fn repaints(shown: &Shown) -> usize {
    shown.bytes().windows(4).filter(|part| part == b"\x1b[2J").count()
}

#[test]
fn where_no_shell_would_continue_it_nothing_suspends_it() {
    let mut pty = Pty::start(&[], SIZE);
    pty.wait_drawn().signal(Signal::TSTP).resize((90, 20)).wait_until("a frame", |shown| repaints(shown) == 2);
    pty.send("\x1a").resize((91, 20)).wait_until("one more", |shown| repaints(shown) == 3);
}

#[test]
fn a_program_stopped_by_force_repaints_when_it_continues() {
    let pty = Pty::start(&[], SIZE);
    pty.wait_drawn();
    let before = pty.screen();
    pty.signal(Signal::STOP).signal(Signal::CONT);
    pty.wait_until("the frame", |shown| repaints(shown) == 2 && shown.screen().contents() == before);
}

#[test]
fn a_storm_of_resizes_ends_in_the_right_frame_and_draws_few_others() {
    let fresh = Pty::start(&[], (100, 30));
    fresh.wait_drawn();
    let expected = fresh.screen();
    let pty = Pty::start(&[], SIZE);
    pty.wait_drawn();
    let start = Instant::now();
    for step in 0..200 {
        pty.resize((40 + step % 90, 12 + step % 40));
        thread::sleep(Duration::from_millis(1));
    }
    pty.resize((100, 30)).wait_until("the last size", |shown| shown.screen().contents() == expected);
    let most = 3 + start.elapsed().as_millis() / 16;
    assert!(pty.look(repaints) <= usize::try_from(most).expect("few"));
}

#[test]
fn an_idle_session_never_wakes_and_sends_nothing() {
    let pty = Pty::start(&[], SIZE);
    pty.wait_drawn();
    let before = pty.look(|shown| shown.bytes().len());
    assert!(rests(pty.pid(), Duration::from_secs(1)), "it wakes");
    assert_eq!(pty.look(|shown| shown.bytes().len()), before);
}

#[test]
fn a_terminal_that_does_not_read_cannot_keep_it_from_ending() {
    let mut pty = Pty::start(&[], (200, 60));
    pty.wait_drawn();
    let pid = pty.pid();
    {
        let _stalled = pty.stall();
        // More frames than a terminal's buffer holds, each later than the pause between two sizes.
        for step in 0..100 {
            pty.resize_unseen((199 + step % 2, 60));
            thread::sleep(Duration::from_millis(20));
        }
        pty.signal(Signal::TERM);
        assert!(eventually(SOON, || !is_running(pid)), "it waits for its terminal");
    }
    assert_eq!(pty.wait_exit(), 143);
}

#[test]
fn a_bug_gives_the_terminal_back_and_says_so_briefly() {
    let mut command = CommandBuilder::new(std::env::current_exe().expect("a name"));
    command.args(["--exact", "the_program_with_a_bug", "--ignored", "--nocapture"]);
    let mut pty = Pty::spawn(command, SIZE);
    pty.wait_exit();
    assert!(pty.look(is_given_back));
    let screen = pty.screen();
    assert!(screen.contains("respline: a bug: no such row ?[31m (tests/pty.rs:"), "{screen}");
    assert!(screen.contains("hint: ") && screen.contains("still running"), "{screen}");
    assert!(!screen.contains("stack backtrace"), "{screen}");
}

/// Run on a terminal by the test above.
#[test]
#[ignore = "a program for another test"]
fn the_program_with_a_bug() {
    use respline::terminal::local::{Bug, Tty, guarded};
    // Without the terminal of that test there is nothing to restore.
    if !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        return;
    }
    let tty = std::sync::Arc::new(Tty::open().expect("a terminal"));
    std::io::stdout().write_all(b"\x1b[?1049h\x1b[?25l").and_then(|()| std::io::stdout().flush()).expect("it reads");
    let result = guarded(&tty, || panic!("no such row \x1b[31m"));
    assert_eq!(result, Err::<(), _>(Bug));
    println!("still running");
}
