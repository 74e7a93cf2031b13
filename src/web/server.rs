//! The server loop. axum's own has no limit on how long a client may take to send its headers and none on the number of connections:
//! a few hundred half-open ones would be enough to keep everyone else out.

use std::{convert::Infallible, future::Future, io, sync::Arc, time::Duration};

use axum::{Router, body::Body, response::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tower::ServiceExt;

use super::address::Peer;

/// What one client, and all of them together, may take up.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time for the headers of a request, counted from the connection's start or the answer before it.
    pub header_time: Duration,
    /// Connections at once; more wait in the system's queue.
    pub connections: usize,
    /// Time for open requests to end after the order to stop.
    pub drain_time: Duration,
    /// Bytes of a request's headers.
    pub header_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { header_time: Duration::from_secs(5), connections: 4096, drain_time: Duration::from_secs(10), header_bytes: 32 * 1024 }
    }
}

/// Serves until `shutdown` completes, then lets open requests end within the drain time. Goes on after errors such as too many open files.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, shutdown: impl Future<Output = ()>) {
    let slots = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    tokio::pin!(shutdown);
    loop {
        let (stream, peer, slot) = tokio::select! {
            accepted = accept(&listener, &slots) => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    // Out of file descriptors, most likely: give open connections time to end.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut shutdown => break,
        };
        let connection = open.watch(connection(stream, peer, router.clone(), limits));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(slot);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.drain_time, open.shutdown()).await.is_err() {
        tracing::warn!("some requests did not end in time and are cut off");
    }
}

async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> io::Result<(TcpStream, Peer, OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, Peer(peer), slot))
}

type Connection<S> = http1::Connection<TokioIo<TcpStream>, S>;

fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    limits: Limits,
) -> Connection<impl hyper::service::Service<hyper::Request<Incoming>, Response = Response, Error = Infallible, Future: Send>> {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(peer);
        router.clone().oneshot(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(limits.header_bytes)
        .serve_connection(TokioIo::new(stream), service)
}

/// Completes when the operating system asks the process to stop: Ctrl-C or SIGTERM, on Windows Ctrl-C, Ctrl-Break, closing or shutdown.
///
/// # Errors
/// When the system refuses to tell us.
pub async fn stop_signal() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    }
    #[cfg(windows)]
    {
        use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_shutdown};
        let (mut c, mut brk, mut close, mut shutdown) = (ctrl_c()?, ctrl_break()?, ctrl_close()?, ctrl_shutdown()?);
        tokio::select! { _ = c.recv() => {}, _ = brk.recv() => {}, _ = close.recv() => {}, _ = shutdown.recv() => {} }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
