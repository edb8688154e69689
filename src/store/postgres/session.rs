//! One connection, and the bounds within which it answers.

use std::{future::Future, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::timeout,
};
use tokio_postgres::{
    Client, Connection, NoTls, Row, Socket,
    types::{ToSql, Type},
};

use super::{server::Server, tls, trouble::Trouble};

/// For a connection to stand, name and all.
const CONNECT: Duration = Duration::from_secs(6);

/// For an answer. The server gives up earlier by itself; this is for one that has stopped altogether.
pub(super) const ANSWER: Duration = Duration::from_secs(10);

/// For an answer while the schema is brought up, or while another host does it.
pub(super) const PATIENCE: Duration = Duration::from_secs(70);

/// A commit is on the disk when it is acknowledged, whatever the server's own setting; a stricter one stays. Whoever has
/// stopped in the midst of a transaction lets go of its locks.
const SETTINGS: &str = "
    SET statement_timeout = '8s';
    SET lock_timeout = '5s';
    SET idle_in_transaction_session_timeout = '10s';
    SET default_transaction_isolation = 'read committed';
    SET client_min_messages = 'warning';
    SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')";

/// A value with its type, so that one round trip is enough.
pub(super) type Value<'a> = (&'a (dyn ToSql + Sync), Type);

/// A connection that is ready.
pub(super) struct Session(Client);

impl Session {
    /// Connects. To be called within the runtime that is to drive the connection.
    pub(super) async fn open(server: &Server) -> Result<Self, Trouble> {
        let connector = tls::connector(&server.roots).map_err(Trouble::Tls)?;
        let config = &server.config;
        let connect = async {
            let client = match connector {
                Some(tls) => driven(config.connect(tls).await?),
                None => driven(config.connect(NoTls).await?),
            };
            client.batch_execute(SETTINGS).await?;
            Ok(Self(client))
        };
        within(CONNECT, connect).await
    }

    /// Whether its end is known of. It may have ended all the same.
    pub(super) fn is_closed(&self) -> bool {
        self.0.is_closed()
    }

    /// Rows of a query.
    pub(super) async fn rows(&self, query: &str, values: &[Value<'_>]) -> Result<Vec<Row>, Trouble> {
        within(ANSWER, async { Ok(self.0.query_typed(query, values).await?) }).await
    }

    /// The first row of a query.
    pub(super) async fn row(&self, query: &str, values: &[Value<'_>]) -> Result<Option<Row>, Trouble> {
        within(ANSWER, async { Ok(self.0.query_typed_opt(query, values).await?) }).await
    }

    /// Carries out a statement; the number of rows it changed.
    pub(super) async fn execute(&self, statement: &str, values: &[Value<'_>]) -> Result<u64, Trouble> {
        within(ANSWER, async { Ok(self.0.execute_typed(statement, values).await?) }).await
    }

    /// Carries out statements without values.
    pub(super) async fn batch(&self, statements: &str) -> Result<(), Trouble> {
        self.batch_within(ANSWER, statements).await
    }

    /// Carries out statements for which `limit` is waited.
    pub(super) async fn batch_within(&self, limit: Duration, statements: &str) -> Result<(), Trouble> {
        within(limit, async { Ok(self.0.batch_execute(statements).await?) }).await
    }

    /// All of `work` or nothing, begun by `begin`, which may wait for others up to `limit`.
    pub(super) async fn transaction<T>(
        &self,
        begin: &str,
        limit: Duration,
        work: impl AsyncFnOnce(&Self) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        self.batch_within(limit, begin).await?;
        match work(self).await {
            Ok(done) => self.batch("COMMIT").await.map(|()| done),
            Err(trouble) => {
                // Without an answer the connection is given up, which undoes it as well.
                if trouble.leaves_connection() {
                    self.batch("ROLLBACK").await?;
                }
                Err(trouble)
            }
        }
    }
}

/// The client of a connection that the runtime drives from here on.
fn driven<T>((client, connection): (Client, Connection<Socket, T>)) -> Client
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    tokio::spawn(connection);
    client
}

async fn within<T>(limit: Duration, answer: impl Future<Output = Result<T, Trouble>>) -> Result<T, Trouble> {
    timeout(limit, answer).await.unwrap_or(Err(Trouble::Late))
}
