//! Corrections by people, from wherever they are asked for: kept as a row, then waited for until the one program that
//! files articles has carried it out. A row that nobody carries out waits for the next program that does.

use anyhow::Result;
use jiff::Timestamp;
use news::Correction;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Store;
use store::view::{CorrectionState, CorrectionView};

/// How often it is looked whether it was carried out.
const LOOK_EVERY: Duration = Duration::from_millis(25);

/// Keeps the wish, rings for who carries it out, and waits at most `within`. What comes back may wait still.
///
/// # Errors
/// Those of the database.
pub(crate) async fn ask(
    store: &Arc<Store>,
    correction: Correction,
    ring: impl Fn(),
    within: Duration,
) -> Result<CorrectionView> {
    let working = Arc::clone(store);
    let id = super::blocking(move || Ok(working.ask_correction(&correction, Timestamp::now())?)).await?;
    ring();
    let deadline = Instant::now() + within;
    loop {
        let working = Arc::clone(store);
        let found = super::blocking(move || Ok(working.correction(id)?)).await?;
        match found {
            Some(found) if found.state != CorrectionState::Waiting || Instant::now() >= deadline => {
                return Ok(found);
            }
            Some(_) => tokio::time::sleep(LOOK_EVERY).await,
            None => anyhow::bail!("the correction was lost"),
        }
    }
}
