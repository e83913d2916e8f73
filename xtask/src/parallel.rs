//! Work that needs no order, on all cores.

use anyhow::{Result, anyhow};

/// What is made of each with its number, in order.
pub(crate) fn in_parallel<T: Sync, R: Send>(
    of: &[T],
    make: impl Fn((usize, &T)) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let size = of.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let parts = of.chunks(size).enumerate().map(|(part, chunk)| {
            let make = &make;
            let numbered = (part * size..).zip(chunk);
            scope.spawn(move || numbered.map(make).collect::<Result<Vec<R>>>())
        });
        let parts: Vec<_> = parts.collect();
        let made =
            parts.into_iter().map(|part| part.join().map_err(|_| anyhow!("a part of the work panicked"))?);
        Ok(made.collect::<Result<Vec<Vec<R>>>>()?.into_iter().flatten().collect())
    })
}
