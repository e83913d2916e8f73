//! The story room: which articles tell one story, which are copies, how much a story weighs, and what stands
//! at its top.
//!
//! In: articles in their order of arrival, each with its [`news::Reading`]. Out: [`Decision`]s at arrival,
//! [`Revision`]s on a second look, and on request a story's headline, lead and [`Importance`].
//!
//! | question | file |
//! |---|---|
//! | which story does an article join? | `stories.rs`: [`Stories::assign`]; `stories/link.rs`, `stories/case.rs`, `affinity.rs` |
//! | which stories are compared at all? | `stories/candidates.rs` |
//! | which numbers decide? | `weights.rs`, `trees.rs` |
//! | how are the numbers fitted quickly? | `pairs.rs` |
//! | what are two articles compared by? | `features.rs`, `sparse.rs` |
//! | what of an encoder's vector tells stories apart? | `lens.rs` |
//! | what keeps look-alikes apart? | `contradiction.rs`, `marks.rs`, `sides.rs` |
//! | who copied whom? | `copies.rs` |
//! | what is kept of an article for after a restart? | `impression.rs` |
//! | what did people decide? | `stories/corrections.rs` |
//! | which stories turn out to be one, or two? | `stories/revise.rs`; `stories/revise/merger.rs`, `stories/revise/part.rs` |
//! | who counts as independent? | `family.rs`, `kin.rs` |
//! | what is new in an article? | `development.rs`: [`development::Known`] |
//! | which days matter, and what tells them? | `timeline.rs` |
//! | what does the page show first? | `picture.rs`, `importance.rs` |
//!
//! This room never does I/O, never reads a clock, and uses no randomness: the same arrivals give the same
//! stories. It knows no other room but `news`.

mod affinity;
mod contradiction;
mod copies;
pub mod development;
mod family;
mod features;
mod hash;
mod importance;
mod impression;
mod kin;
mod lens;
mod marks;
mod meaning;
mod numbers;
mod pairs;
mod picture;
mod postings;
mod sides;
mod sparse;
mod stories;
mod timeline;
mod trees;
mod weights;

pub use family::family;
pub use features::CommonWords;
pub use importance::{HALF_LIFE_HOURS, Importance, Report, Tally, Usual};
pub use impression::{Impression, Place};
pub use kin::{Kin, Origin};
pub use lens::{Lens, Lenses};
pub use pairs::{Couples, Pairs};
pub use picture::{LeadSentence, Member, Portrait, headline, lead};
pub use stories::{Arrival, Case, Decision, Merger, Revision, Stories};
pub use timeline::{Dated, Extent, TimelineDay, date_of, day_of, timeline};
pub use trees::{DEPTH, LEAVES, Tree, Trees};
pub use weights::Weights;
