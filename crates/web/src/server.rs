//! Connections: accepted so many at once, given little time to ask, and brought to an end in good order.

use crate::house::House;
use crate::limits::Place;
use crate::peer::{Connection, Peer, within};
use crate::{App, ServeError, live, routes};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tower::ServiceExt;

/// Largest request head in bytes.
const LARGEST_HEAD: usize = 32 << 10;
/// Time that open requests get when the server stops.
const FAREWELL: Duration = Duration::from_secs(5);
/// Pause after the operating system could not give a connection (too many open files).
const OUT_OF_BREATH: Duration = Duration::from_millis(200);

/// Serves pages, API and live events until `shutdown` is ready, then ends live streams, lets open requests
/// finish for five seconds and returns.
///
/// # Errors
/// When the store cannot be read at the start.
pub async fn serve(
    listener: TcpListener,
    app: App,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    let (stop, stopping) = watch::channel(false);
    let bell = app.bell.clone();
    let house = tokio::task::spawn_blocking(move || House::open(app, stopping))
        .await
        .map_err(|error| ServeError::Listen(error.into()))??;
    let house = Arc::new(house);
    let tail = tokio::spawn({
        let house = Arc::clone(&house);
        async move { live::follow(&house, bell).await }
    });
    let mut connections = JoinSet::new();
    tokio::select! {
        () = accept(&listener, &house, &mut connections) => {}
        () = shutdown => {}
    }
    drop(listener);
    stop.send_replace(true);
    let ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(FAREWELL, ended).await.is_err() {
        tracing::warn!(open = connections.len(), "connections cut at shutdown");
        connections.shutdown().await;
    }
    if let Err(error) = tail.await {
        tracing::error!(%error, "reader of the event log failed");
    }
    Ok(())
}

/// Takes connections for ever.
async fn accept(listener: &TcpListener, house: &Arc<House>, connections: &mut JoinSet<()>) {
    let room = Arc::new(Semaphore::new(house.settings.limits.connections.min(Semaphore::MAX_PERMITS)));
    let router = routes::router(Arc::clone(house));
    loop {
        while connections.try_join_next().is_some() {}
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        let (socket, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "connection not accepted");
                tokio::time::sleep(OUT_OF_BREATH).await;
                continue;
            }
        };
        house.metrics.connections.fetch_add(1, Relaxed);
        let Some(place) = place(house, from.ip()) else {
            house.metrics.connections_refused.fetch_add(1, Relaxed);
            continue;
        };
        connections.spawn(connection(socket, from.ip(), router.clone(), Arc::clone(house), (permit, place)));
    }
}

/// A peer's place; a trusted proxy stands for many readers and is not held to one reader's share.
fn place(house: &House, from: IpAddr) -> Option<Place> {
    let places = &house.budgets.connections;
    match within(&house.settings.trusted_proxies, from) {
        true => places.take_for_many(),
        false => places.take(Peer::of(from)),
    }
}

async fn connection(
    socket: TcpStream,
    from: IpAddr,
    router: Router,
    house: Arc<House>,
    _held: (OwnedSemaphorePermit, Place),
) {
    let _ = socket.set_nodelay(true);
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Connection(from));
        let request: Request = request.map(Body::new);
        router.clone().oneshot(request)
    });
    let open = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(house.settings.limits.header_timeout)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(socket), service);
    let mut open = std::pin::pin!(open);
    let ended = tokio::select! {
        ended = open.as_mut() => ended,
        () = house.stopped() => {
            open.as_mut().graceful_shutdown();
            open.await
        }
    };
    // A reader who goes away in the middle is normal.
    if let Err(error) = ended {
        tracing::debug!(%error, "connection ended");
    }
}
