//! What a request asks for: the number in its path and the fields behind its question mark, refused in one way
//! everywhere. A path without a number names nothing (404), fields that cannot be read are said to be bad (400).

use crate::Problem;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The comparable key of a name: what a follow keeps of an actor or a place.
#[derive(Deserialize)]
pub(crate) struct Key {
    pub(crate) key: String,
}

/// The number in a path.
pub(crate) struct Id(pub(crate) i64);

/// The fields behind the question mark.
pub(crate) struct Fields<T>(pub(crate) T);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let number = Path::from_request_parts(parts, state).await;
        number.map(|Path(id)| Self(id)).map_err(|_| Problem::NotFound)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Fields<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let fields = Query::from_request_parts(parts, state).await;
        fields.map(|Query(fields)| Self(fields)).map_err(|refused| Problem::Unread(refused.body_text()))
    }
}
