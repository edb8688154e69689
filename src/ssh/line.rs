//! A connection that can be cut, and cuts itself where its client leaves a frame unread for too long: the protocol's own task
//! would wait for ever, and reads no key meanwhile that could tell the session so.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// A TCP connection whose reads and writes fail as soon as its switch is thrown. It throws it when nothing that was
/// written has been taken for `stall`.
pub(super) struct Line {
    tcp: TcpStream,
    switch: CancellationToken,
    thrown: Pin<Box<WaitForCancellationFutureOwned>>,
    stall: Duration,
    /// The end of the client's time to read; none while the system takes what is written.
    blocked: Option<Pin<Box<Sleep>>>,
}

impl Line {
    pub(super) fn new(tcp: TcpStream, switch: CancellationToken, stall: Duration) -> Self {
        let thrown = Box::pin(switch.clone().cancelled_owned());
        Self { tcp, switch, thrown, stall, blocked: None }
    }

    /// Fails where the switch is thrown, and has the task woken when it will be.
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        if self.switch.is_cancelled() || self.thrown.as_mut().poll(cx).is_ready() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }

    /// Nothing can be written now: fails where that has been so for too long, and has the task woken when it will be.
    fn wait(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let stall = self.stall;
        let time = self.blocked.get_or_insert_with(|| Box::pin(sleep(stall)));
        ready!(time.as_mut().poll(cx));
        self.switch.cancel();
        Poll::Ready(io::ErrorKind::TimedOut.into())
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, to: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.check(cx)?;
        Pin::new(&mut self.tcp).poll_read(cx, to)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        match Pin::new(&mut self.tcp).poll_write(cx, bytes) {
            Poll::Pending => self.wait(cx).map(Err),
            written @ Poll::Ready(_) => {
                self.blocked = None;
                written
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check(cx)?;
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::{io::AsyncWriteExt as _, net::TcpListener};

    use super::*;

    #[tokio::test]
    async fn a_client_that_does_not_read_is_cut_off_when_its_time_is_over() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let (client, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
        let (switch, (tcp, _)) = (CancellationToken::new(), accepted.expect("a client came"));
        let mut line = Line::new(tcp, switch.clone(), Duration::from_millis(50));
        let refused = loop {
            if let Err(error) = line.write_all(&[0; 4096]).await {
                break error;
            }
        };
        assert_eq!(refused.kind(), io::ErrorKind::TimedOut);
        assert!(switch.is_cancelled(), "the session is told by it");
        drop(client);
    }
}
